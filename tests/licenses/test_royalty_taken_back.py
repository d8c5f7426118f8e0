"""A royalty was paid by transfer and the bank takes the transfer back: it is owed again, and nothing is refunded."""

import pytest

from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from licenses import clock_royalties
from licenses.services import breach
from settlement import queries as money
from settlement.clock import release_due
from settlement.gateways.bank_transfer import reference_of
from settlement.models import Refund
from tests.factories import royalties as make
from tests.factories.bank import Row, imported, own_account

pytestmark = pytest.mark.django_db
ROYALTY = Money(3_703_704)


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check({"I1", "I3", "I4", "I10", "I12"}) == []


@pytest.fixture
def bank(db):
    return own_account()


def paid(bank, reference="R1"):
    """An accepted period whose royalty came by transfer; the line that brought it."""
    row = make.accepted_period()
    [line] = imported([Row(str(ROYALTY.yuan), reference_of(row.obligation).code, reference=reference)], bank)
    return reread(row), line


def reread(row):
    row.refresh_from_db()
    row.license.refresh_from_db()
    row.obligation.refresh_from_db()
    return row


def due(row):
    """What the memo accounts say is due of the royalty itself; the fee for paying late is an obligation of its own."""
    return [money.balance(account, ref=row.obligation) for account in ("1121", "2101")]


def taken_back(bank, reference="R1"):
    [back] = imported([Row(f"-{ROYALTY.yuan}", "冲正", reference=reference, reversal=True)], bank)
    return back


def test_a_royalty_taken_back_is_to_be_paid_again_and_not_refunded(bank):
    row, _line = paid(bank)
    assert (row.state, row.obligation.state, due(row)) == ("settled", "paid", [Money(0), Money(0)])
    back = taken_back(bank)
    row = reread(row)
    assert (back.state, row.state, row.paid_at, row.obligation.state) == ("matched", "payment_due", None, "open")
    assert (row.obligation.left, due(row)) == (ROYALTY, [ROYALTY, ROYALTY])
    assert Refund.objects.filter(obligation=row.obligation).count() == 0
    [again] = imported([Row(str(ROYALTY.yuan), reference_of(row.obligation).code, reference="R2")], bank)
    assert (again.state, reread(row).state, row.obligation.state) == ("matched", "settled", "paid")


def test_what_was_due_before_it_was_taken_back_is_late_at_the_next_look(bank):
    row, _line = paid(bank)
    taken_back(bank)
    with clock.at(max(clock.database_now(), row.pay_due_at + breach.MESSAGE_MAY_TAKE)):
        assert clock_royalties.note_missed() == 1
    assert (reread(row).state, row.license.state) == ("payment_late", "in_default")


def test_a_royalty_that_was_released_waits_for_a_person_and_is_not_refunded(bank):
    row, _line = paid(bank)
    with clock.at(row.obligation.release_at):
        release_due()
    back = taken_back(bank)
    row = reread(row)
    assert (back.state, back.reason, row.state, row.obligation.state) == ("queued", "spent", "settled", "paid")
    assert Refund.objects.count() == 0
