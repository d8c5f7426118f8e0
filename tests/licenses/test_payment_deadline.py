"""The deadline of a fee: before, at and after it, to the millisecond, by the bank's booking time."""

from datetime import timedelta

import pytest

from foundation.audit import invariants
from foundation.core import clock
from tests.factories.uptakes import bank_says_paid, begin_payment, notice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("booked", "told", "answer", "state"),
    [
        (-1, -1, "accepted", "effective"),
        (-1, 0, "accepted", "effective"),
        (-1, 60_000, "accepted", "effective"),
        (0, 0, "refunded:late", "awaiting_payment"),
        (1, 1, "refunded:late", "awaiting_payment"),
    ],
)
def test_what_the_bank_booked_before_the_deadline_counts_to_the_millisecond(booked, told, answer, state):
    license = notice()
    payment, end = begin_payment(license), license.pay_by_at
    with clock.at(end + timedelta(milliseconds=told)):
        assert bank_says_paid(payment, at=end + timedelta(milliseconds=booked)) == answer
    license.refresh_from_db()
    assert (license.state, invariants.check({"I1", "I10"})) == (state, [])
