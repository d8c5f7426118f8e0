"""A payout run over many sub-accounts, killed in the middle. The run over 10,000 is measured by `bin/bench payouts`."""

import pytest

from bench.paying import pay_out
from foundation.audit import invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_a_run_of_two_hundred_killed_in_the_middle_pays_each_once():
    found = pay_out(200)
    assert found.wrong == []
    assert 0 < found.sent_when_killed < 200
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []
