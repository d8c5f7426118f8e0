"""What finance does after a statement of the demo: clarifies lines, signs days, closes the month."""

from datetime import datetime, timedelta

from foundation.core import clock
from local.demo import cast
from local.demo.books import bank, days, office
from local.demo.books.days import DAY, Half, at_hour
from settlement.models import BankLine, Case, JournalEntry, Obligation
from settlement.services import cases, closing, queue
from settlement.services.queue import Share

UNNAMED, INTEREST, TRIAL = "技术费", "活期存款结息", "账户验证小额打款"
PARKED_BECAUSE = {INTEREST: "监管账户利息，待与银行确认计息归属。", TRIAL: "银行验证账户用，待其收回。"}
SIGNED_AFTER, CLOSED_AFTER = 2 * DAY, 4 * DAY


def work_on(lines: list[BankLine], moment: datetime) -> None:
    """A person of finance clarifies what nothing was certain about; a payout that came back waits for another one."""
    for line in lines:
        line.refresh_from_db()
        if line.state != "queued":
            continue
        with clock.at(moment):
            _clarify(line)
        for case in Case.objects.filter(payment=line.payment_id, state="in_review"):
            office.approve(case, cases.REVIEW, moment + DAY)


def _clarify(line: BankLine) -> None:
    finance = cast.officer("finance")
    if line.text in PARKED_BECAUSE:
        queue.park_line(line=line, actor=finance, note=PARKED_BECAUSE[line.text])
    elif line.text == UNNAMED:
        owed = Obligation.objects.filter(state="open", amount_fen=line.amount_fen, payments__provider="bank_transfer")
        obligation = owed.order_by("-pk").first()
        shares = [Share(obligation, line.amount)]
        queue.assign_line(line=line, shares=shares, actor=finance, note="电话核实：由公司财务人员代付。")
    elif line.reason == "closed":
        queue.return_line(line=line, actor=finance, note="同一笔许可费重复付款，原路退回。")


def end_month(half: Half, now: datetime, imported_at: datetime) -> None:
    """The operating account's statement of the month; then all days are signed and the books closed, where it is time.

    The charge of the latest month waits in the queue for somebody to tick it off.
    """
    operating, finance = office.own_account("operating"), cast.officer("finance")
    month = Half(half.first.replace(day=1), half.last, half.back, 0)
    with clock.at(imported_at + timedelta(seconds=30)):
        lines = bank.bring_in(operating, month, bank.movements(operating, month), office.cashier())
    if half.back > 1:
        with clock.at(imported_at + timedelta(hours=2)):
            for line in lines:
                _tick(line)
    signed_at, closed_at = at_hour(half.last + SIGNED_AFTER, 10), at_hour(half.last + CLOSED_AFTER, 10)
    if signed_at < now:
        with clock.at(signed_at):
            for kind in ("supervised", "operating"):
                closing.sign_days(account=office.own_account(kind), until=half.last, actor=finance)
    if closed_at < now:
        with clock.at(closed_at):
            closing.close_month(month=days.first_of_month(half.last, 0), actor=finance)


def _tick(line: BankLine) -> None:
    """Tie the bank's charge to the entry made by hand."""
    entry = JournalEntry.objects.filter(kind="bank_charged", value_date=line.booked_on, tick=None).first()
    if entry is not None:
        queue.tick_line(line=line, entry=entry, actor=cast.officer("finance"))
