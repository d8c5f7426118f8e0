"""From a line of a statement to what it pays: booked once, matched where it is certain, never guessed."""

import random
from datetime import timedelta

import pytest

from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from foundation.jobs import services as jobs
from settlement import queries, services, transfercodes
from settlement.gateways.bank_transfer import reference_of
from settlement.models import BankLine, JournalEntry, Payment, Refund
from settlement.services import queue, runs
from tests.factories import accounts as people
from tests.factories import bank as factory
from tests.factories.bank import Row, imported, own_account
from tests.factories.money import royalty
from tests.factories.payouts import approved_run
from tests.factories.settlement import bank_says, open_obligation, started_payment

pytestmark = pytest.mark.django_db
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []


@pytest.fixture
def bank(db):
    return own_account()


def code(obligation) -> str:
    return reference_of(obligation).code


def states(lines):
    return [(line.state, line.rule or line.reason) for line in lines]


def slip(text: str, place: int = 4) -> str:
    return text[:place] + ("7" if text[place] != "7" else "8") + text[place + 1 :]


def test_a_reference_and_the_right_amount_pay_the_obligation(bank, owner_accepts):
    obligation = open_obligation(amount=yuan("1234.56"))
    [line] = imported([Row("1234.56", f"专利许可使用费 {code(obligation)}")], bank)
    obligation.refresh_from_db()
    assert states([line]) == [("matched", "reference")]
    assert (obligation.state, line.payment.state, line.payment.provider) == ("paid", "confirmed", "bank_transfer")
    assert (queries.balance("1001"), queries.balance("2014")) == (yuan("1234.56"), Money(0))
    assert [tick.entry.kind for tick in line.ticks.all()] == ["receipt_unidentified"]
    assert line.ticks.get().entry.value_date == line.booked_on
    assert owner_accepts[-1][0] == obligation.number


def test_a_reference_is_read_with_spaces_hyphens_and_words_around_it(bank):
    first, second = open_obligation(amount=yuan("10.00")), open_obligation(amount=yuan("11.00"))
    a, b = code(first), code(second)
    rows = [
        Row("10.00", f"付款{a[:2]}-{a[2:6]}-{a[6:]}号许可费"),
        Row("11.00", f"{b[:2]} {b[2:6]} {b[6:].lower()}", "某人"),
    ]
    assert [state for state, _rule in states(imported(rows, bank))] == ["matched", "matched"]


def test_the_number_of_the_obligation_is_as_good_as_its_reference(bank):
    obligation = open_obligation(amount=yuan("10.00"))
    [line] = imported([Row("10.00", f"付 {obligation.number} 款", "某公司")], bank)
    assert states([line]) == [("matched", "reference")]


def test_one_slip_in_the_reference_is_forgiven_where_the_amount_agrees(bank):
    obligation, other = open_obligation(amount=yuan("10.00")), open_obligation(amount=yuan("20.00"))
    rows = [Row("10.00", slip(code(obligation)), "某公司"), Row("19.00", slip(code(other)), "某公司")]
    lines = imported(rows, bank)
    assert states(lines) == [("matched", "corrected"), ("queued", "slip")]
    swapped = open_obligation(amount=yuan("30.00"))
    text = code(swapped)
    place = next(n for n in range(3, 8) if text[n] != text[n + 1])
    text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert states(imported([Row("30.00", text, "某公司")], bank)) == [("matched", "corrected")]


def test_one_transfer_pays_three_obligations(bank):
    three = [open_obligation(amount=yuan(one)) for one in ("100.00", "200.00", "300.00")]
    text = " ".join(code(one) for one in three)
    [line] = imported([Row("600.00", text)], bank)
    assert states([line]) == [("matched", "several")]
    assert {one.state for one in map(fresh, three)} == {"paid"}
    [wrong] = imported([Row("601.00", " ".join(code(open_obligation(amount=yuan("300.00"))) for _n in range(2)))], bank)
    assert states([wrong]) == [("queued", "sum")]
    assert queries.balance("2014") == yuan("601.00")


def fresh(row):
    row.refresh_from_db()
    return row


def test_without_a_reference_payer_and_amount_must_leave_one_choice(bank):
    payer = people.licensee()
    with clock.at(clock.database_now() - timedelta(days=3)):
        open_obligation(debtor=payer.organization, amount=yuan("500.00"))
    name = payer.organization.name
    assert states(imported([Row("500.00", "许可费", name)], bank)) == [("matched", "party")]
    twice = imported([Row("500.00", "许可费", name)], bank)  # paid already: the same amount again is no certainty
    assert states(twice) == [("queued", "nothing")]
    for _n in range(2):
        open_obligation(debtor=payer.organization, amount=yuan("700.00"))
    assert states(imported([Row("700.00", "许可费", name)], bank)) == [("queued", "ambiguous")]
    open_obligation(amount=yuan("900.00"))
    assert states(imported([Row("900.00", "许可费", "不相识的公司")], bank)) == [("queued", "nothing")]


def test_a_wrong_amount_waits_unless_part_payments_are_accepted(bank):
    fixed, parts = open_obligation(amount=yuan("100.00")), royalty(yuan("100.00"))
    rows = [Row("99.00", code(fixed)), Row("60.00", code(parts)), Row("50.00", code(parts))]
    assert states(imported(rows, bank)) == [("queued", "amount"), ("matched", "reference"), ("queued", "amount")]
    assert (fresh(fixed).left, fresh(parts).left) == (yuan("100.00"), yuan("40.00"))


def test_an_obligation_paid_already_takes_no_second_transfer(bank):
    obligation = open_obligation(amount=yuan("100.00"))
    rows = [Row("100.00", code(obligation)), Row("100.00", code(obligation))]
    assert states(imported(rows, bank)) == [("matched", "reference"), ("queued", "closed")]


def test_money_its_owner_does_not_want_waits_in_the_queue(bank, owner_refuses):
    owner_refuses("withdrawn")
    [line] = imported([Row("100.00", code(open_obligation(amount=yuan("100.00"))))], bank)
    assert states([line]) == [("queued", "owner")]
    assert (line.payment.state, queries.balance("2014")) == ("clarify", yuan("100.00"))


def test_lines_in_another_currency_are_kept_and_parked(bank):
    [line] = imported([Row("100.00", "fee", currency="EUR")], bank)
    assert (line.state, line.reason, str(line.amount)) == ("parked", "currency", "€100.00")
    assert queries.balance("1001") == Money(0)


def test_the_same_file_and_an_overlapping_one_book_nothing_twice(bank):
    rows = [Row("1.00", "甲", reference="A1"), Row("1.00", "甲", reference=""), Row("1.00", "甲", reference="")]
    content = factory.camt(rows, day=factory.today())
    factory.take_over(factory.send(content, bank))
    again = factory.send(content, bank)
    assert (again.rows_valid, again.rows_undone) == (0, 3)
    more = factory.send(factory.camt([*rows, Row("2.00", "乙", reference="A2")], day=factory.today()), bank)
    assert (more.rows_valid, more.rows_undone) == (1, 3)
    factory.take_over(more)
    assert BankLine.objects.count() == 4
    assert queries.balance("1001") == yuan("5.00")


def test_a_reversal_takes_the_receipt_back_and_the_obligation_is_to_be_paid_again(bank, monkeypatch):
    obligation = royalty(yuan("100.00"))
    [line] = imported([Row("100.00", code(obligation), reference="R1")], bank)
    assert fresh(obligation).state == "paid"
    [back] = imported([Row("-100.00", "冲正", reference="R1", reversal=True)], bank)
    assert (fresh(line).state, back.state, back.reverses_id) == ("reversed", "matched", line.pk)
    assert (fresh(obligation).state in ("open", "refunded"), queries.balance("1001")) == (True, Money(0))
    assert {entry.value_date for entry in JournalEntry.objects.filter(tick__line=back)} == {back.booked_on}


def test_a_receipt_reversed_in_the_same_statement_pays_nothing(bank):
    obligation = open_obligation(amount=yuan("100.00"))
    rows = [Row("100.00", code(obligation)), Row("-100.00", "冲正", reversal=True)]
    line, back = imported(rows, bank)
    assert (line.state, back.state) == ("reversed", "matched")
    assert (fresh(obligation).state, queries.balance("1001"), queries.balance("2014")) == ("open", Money(0), Money(0))


def test_a_reversal_that_could_belong_to_two_receipts_waits(bank):
    rows = [Row("5.00", "无"), Row("5.00", "无"), Row("-5.00", "冲正", reversal=True)]
    assert states(imported(rows, bank)) == [
        ("queued", "reversed_later"),
        ("queued", "reversed_later"),
        ("queued", "reversal"),
    ]


def test_a_refund_by_transfer_is_confirmed_by_its_number_on_a_line(bank):
    [line] = imported([Row("77.00", "不明")], bank)
    queue.return_line(line=line, actor=people.finance(), note="付款人不明")
    refund = Refund.objects.get()
    assert (fresh(line).state, refund.state, queries.balance("2013")) == ("returned", "requested", yuan("77.00"))
    [out] = imported([Row("-77.00", "退款", end_to_end=refund.number)], bank)
    assert (out.state, fresh(refund).state, queries.balance("1001")) == ("matched", "done", Money(0))
    [twice] = imported([Row("-77.00", "退款", end_to_end=refund.number)], bank)
    assert states([twice]) == [("queued", "differs")]


def test_a_refund_that_left_in_a_payout_run_is_tied_to_its_entry_by_the_number_of_the_payout(bank):
    [line] = imported([Row("77.00", "不明")], bank)
    queue.return_line(line=line, actor=people.finance(), note="付款人不明")
    run = runs.begin_sending(run=approved_run(rail="file"), actor=people.finance())
    jobs.run(run.job_id)
    [out] = imported([Row("-77.00", run.payouts.get().number)], bank)
    assert (out.state, Refund.objects.get().state, queries.balance("1001")) == ("matched", "done", Money(0))
    assert out.ticks.get().entry.kind == "refund_confirmed"


def test_money_out_that_names_nothing_waits(bank):
    assert states(imported([Row("-3.00", "账户管理费")], bank)) == [("queued", "outgoing")]


def test_what_another_rail_told_is_only_ticked_off(bank):
    payment = started_payment(open_obligation(amount=yuan("100.00")))
    services.take_event(provider="sandbox", event=bank_says(payment, transaction="mv-1"))
    lines = imported([Row("100.00", "x", reference="mv-1"), Row("1.00", "y", reference="mv-2")], bank)
    assert [line.state for line in lines] == ["known", "queued"]
    assert queries.balance("1001") == yuan("101.00")
    assert Payment.objects.filter(provider="bank_transfer").count() == 1


def test_a_reference_that_looks_like_a_sweep_is_a_reference(bank):
    [line] = imported([Row("1.00", "VRSW234567 SW23456789")], bank)
    assert line.payment is not None
    assert states([line]) == [("queued", "nothing")]


def test_references_survive_no_single_slip():
    dice = random.Random(7)
    for _n in range(300):
        text = transfercodes.new_code()
        place = dice.randrange(10)
        char = dice.choice([one for one in transfercodes.ANY if one != text[place]])
        assert not transfercodes.is_code(text[:place] + char + text[place + 1 :])
