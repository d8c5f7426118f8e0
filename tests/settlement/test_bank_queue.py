"""What a person does with lines nothing was certain about."""

import pytest

from foundation.audit import invariants
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import queries
from settlement.gateways.bank_transfer import reference_of
from settlement.models import Case, JournalEntry, Refund
from settlement.services import own_books, queue, reversing
from settlement.services.allocating import AssignmentWrong
from settlement.services.own_accounts import (
    AccountTaken,
    close_own_account,
    confirm_own_account,
    propose_own_account,
)
from settlement.services.queue import Share
from tests.factories import accounts as people
from tests.factories.bank import NUMBER, Row, imported, own_account, today
from tests.factories.settlement import open_obligation

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []


@pytest.fixture
def bank(db):
    return own_account()


@pytest.fixture
def unclear(bank):
    return imported([Row("600.00", "不明")], bank)[0]


def share(amount, obligation=None):
    return Share(obligation or open_obligation(amount=yuan(amount)), yuan(amount))


def fresh(row):
    row.refresh_from_db()
    return row


def test_a_receipt_is_divided_over_several_obligations(unclear):
    shares = [share("100.00"), share("500.00")]
    done = queue.assign_line(line=unclear, shares=shares, actor=people.finance(), note="电话核实")
    assert (done.state, fresh(done.payment).state) == ("assigned", "confirmed")
    assert {fresh(one.obligation).state for one in shares} == {"paid"}
    assert queries.balance("2014") == Money(0)
    with pytest.raises(NotPossibleNow):
        queue.assign_line(line=done, shares=shares, actor=people.finance())


def test_what_is_left_of_a_receipt_stays_in_the_queue_and_goes_back(unclear):
    waits = queue.assign_line(line=unclear, shares=[share("400.00")], actor=people.finance())
    assert (waits.state, waits.reason, waits.payment.unallocated) == ("queued", "overpaid", yuan("200.00"))
    queue.return_line(line=waits, actor=people.finance(), note="多付")
    assert (fresh(waits).state, Refund.objects.get().amount) == ("returned", yuan("200.00"))


def test_assigning_is_refused_where_it_does_not_fit(unclear):
    finance = people.finance()
    with pytest.raises(queue.TooMuch):
        queue.assign_line(line=unclear, shares=[share("300.00"), share("300.01")], actor=finance)
    with pytest.raises(AssignmentWrong):
        queue.assign_line(line=unclear, shares=[share("100.00"), Share(open_obligation(), yuan("5.00"))], actor=finance)
    with pytest.raises(Invalid):
        queue.assign_line(line=unclear, shares=[], actor=finance)
    with pytest.raises(NotAllowed):
        queue.assign_line(line=unclear, shares=[share("600.00")], actor=people.member("auditor"))
    assert (fresh(unclear).state, queries.balance("2014")) == ("queued", yuan("600.00"))


def test_a_large_return_waits_for_a_second_person(bank, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 100_00
    [line] = imported([Row("600.00", "不明")], bank)
    queue.return_line(line=line, actor=people.finance(), note="不明来款")
    assert (Case.objects.get().state, Refund.objects.count()) == ("in_review", 0)


def test_returning_and_parking_need_a_reason(unclear):
    for act in (queue.return_line, queue.park_line):
        with pytest.raises(Invalid):
            act(line=unclear, actor=people.finance(), note=" ")
        with pytest.raises(NotAllowed):
            act(line=unclear, actor=people.licensee(), note="x")


def test_a_parked_line_is_taken_up_again_but_not_one_in_another_currency(bank, unclear):
    parked = queue.park_line(line=unclear, actor=people.finance(), note="等待来函")
    assert queue.unpark_line(line=parked, actor=people.finance()).state == "queued"
    [foreign] = imported([Row("1.00", "x", currency="EUR")], bank)
    with pytest.raises(Invalid):
        queue.unpark_line(line=foreign, actor=people.finance())


def test_a_charge_of_the_operating_account_is_tied_to_its_entry():
    account = own_account("operating", number="3201889900000099999")
    [line] = imported([Row("-12.00", "手续费", "江海银行")], account)
    finance = people.finance()
    own_books.propose_entry(kind="charge", text="手续费", actor=finance, key="k1", amount=yuan("12.00"),
                            value_date=line.booked_on)  # fmt: skip
    entry = JournalEntry.objects.get(kind="bank_charged")
    done = queue.tick_line(line=line, entry=entry, actor=finance)
    assert (done.state, entry.tick.line) == ("known", done)
    [twice] = imported([Row("-12.00", "手续费", "江海银行")], account)
    with pytest.raises(queue.EntryDoesNotFit):
        queue.tick_line(line=twice, entry=entry, actor=finance)


def test_a_reversal_nothing_was_certain_about_takes_back_the_receipt_that_is_named(bank):
    first, second, back = imported([Row("5.00", "甲"), Row("5.00", "乙"), Row("-5.00", "冲正", reversal=True)], bank)
    done = queue.take_back_line(line=back, original=second, actor=people.finance())
    assert (done.state, fresh(second).state, fresh(first).state) == ("assigned", "reversed", "queued")
    assert (queries.balance("1001"), queries.balance("2014")) == (yuan("5.00"), yuan("5.00"))
    assert not reversing.originals_of(done).filter(pk=second.pk).exists()
    [other] = imported([Row("-6.00", "冲正", reversal=True)], bank)
    with pytest.raises(queue.NothingToReverse):
        queue.take_back_line(line=other, original=first, actor=people.finance())


def test_suggestions_come_with_their_reason(bank):
    obligation = open_obligation(amount=yuan("50.00"))
    [line] = imported([Row("49.00", reference_of(obligation).code), ], bank)  # fmt: skip
    assert queue.suggestions(line=line) == []  # more is owed than came, and no part is accepted
    [more] = imported([Row("60.00", reference_of(obligation).code)], bank)
    [(reason, [part])] = queue.suggestions(line=more)
    assert (reason, part.obligation, part.amount) == ("named", obligation, yuan("50.00"))


def test_an_account_is_confirmed_by_another_person_and_only_one_is_in_use(bank):
    assert (bank.state, bank.proposed_by_id != bank.confirmed_by_id) == ("active", True)
    with pytest.raises(AccountTaken):
        own_account(number="3201889900000055555")
    finance = people.finance()
    close_own_account(account=bank, actor=finance)
    other = own_account(number=NUMBER)
    assert other.state == "active"


def test_nobody_confirms_the_account_they_proposed(bank):
    finance = people.finance()
    mine = propose_own_account(actor=finance, kind="operating", holder="中心", bank="银行", account_number="12345678",
                               opening_date=today())  # fmt: skip
    with pytest.raises(NotAllowed):
        confirm_own_account(account=mine, actor=finance)
    with pytest.raises(NotAllowed):
        confirm_own_account(account=mine, actor=people.officer())
