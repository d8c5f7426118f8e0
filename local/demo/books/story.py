"""The books of the demo in order: half month by half month until yesterday, then what is under way today.

Each half month is told in one transaction, and told once: a job that was interrupted goes on with the next.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Membership
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from local.demo import cast
from local.demo.books import bank, claims, closing, days, inspections, invoices, office, payouts, shares, transfers
from local.demo.books.days import DAY, Half, at_hour
from local.demo.books.files import Row
from settlement import clock_income, clock_payouts
from settlement.models import BankStatement, OwnAccount
from settlement.queries.own_money import unswept
from settlement.services import own_books, sweeping

WAITING_RUN, LATEST_RUN = "demo:waiting", "demo:latest"
RUN_DAY, CHARGE_DAY = 12, 5  # of a month
LATEST_RUN_AGO, CAME_BACK_AGO, REFUND_AGO = 8 * DAY, 5 * DAY, 12 * DAY
CHARGE = Money(35_00)
SOON = timedelta(minutes=2)  # before now


def tell(now: datetime, firms: list[Membership], beat: Callable[[int], None]) -> None:
    """Everything about money that the stories of the declarations leave open."""
    today = local_date(now)
    halves = days.halves(today)
    if not OwnAccount.objects.exists():
        with transaction.atomic():
            office.open_own_accounts(halves[0].first)
            shares.tell(now)
    payers = [one for one in firms if one.organization_id != transfers.licensing_user().organization_id]
    for half in halves:
        if not BankStatement.objects.filter(last_day__gte=half.last).exists():
            with transaction.atomic():
                _tell_half(half, now, payers, is_last=half == halves[-1])
        beat(0)
    if not payouts.is_waiting(WAITING_RUN):
        with transaction.atomic():
            _tell_today(now)
        beat(0)


def _tell_half(half: Half, now: datetime, payers: list[Membership], *, is_last: bool) -> None:
    today = local_date(now)
    if half.number == 1 and half.back:
        _charge(half)
    rows = _transfers(half, payers)
    if half.holds(today - REFUND_AGO):
        claims.give_back(today - REFUND_AGO)
    if half.number == 1 and half.back in (1, 2):
        payouts.pay(at_hour(half.first.replace(day=RUN_DAY), 10), f"demo:{half.first:%Y-%m}")
    if half.holds(today - LATEST_RUN_AGO):
        payouts.pay(at_hour(today - LATEST_RUN_AGO, 10), LATEST_RUN)
    if is_last:
        rows += _last_days(half, now, payers)
        _sweep(half)
    supervised = office.own_account("supervised")
    rows += bank.movements(supervised, half)
    if half.holds(today - CAME_BACK_AGO):
        rows += payouts.returned(today - CAME_BACK_AGO, LATEST_RUN, transfers.holder().organization_id)
    if not rows:  # a statement without a line is no statement
        rows = [Row(half.last, 1_00, closing.TRIAL, office.BANK, reference=f"DEMOV{half.last:%Y%m%d}")]
    imported_at = min(now - SOON, at_hour(half.last + DAY, 9, 30))
    with clock.at(imported_at):
        lines = bank.bring_in(supervised, half, rows, office.cashier())
        clock_payouts.finish_runs()
        clock_income.finish_distributions()
    if not is_last:
        closing.work_on(lines, imported_at + timedelta(hours=1))
    transfers.release(now)
    if half.ends_a_month and half.back:
        closing.end_month(half, now, imported_at)


def _charge(half: Half) -> None:
    """The bank takes its charge from the operating account."""
    moment = at_hour(half.first.replace(day=CHARGE_DAY), 11)
    with clock.at(moment):
        own_books.propose_entry(
            kind="charge", text=f"{half.first:%Y}年{half.first.month}月账户管理费", actor=office.cashier(),
            key=f"demo:{half.first:%Y-%m}", amount=CHARGE, value_date=local_date(moment),
        )  # fmt: skip


def _transfers(half: Half, payers: list[Membership]) -> list[Row]:
    """One payer a half month pays by transfer: rightly, with a slip and twice, without a word, and the bank's interest.

    The half months are named by how many months back they lie.
    """
    first, told = half.first, (half.back, half.number)
    if told == (2, 1):
        license = transfers.take(payers[0], at_hour(first + 5 * DAY, 10))
        return [transfers.row(license, first + 7 * DAY)]
    if told == (2, 2):
        license = transfers.take(payers[1], at_hour(first + DAY, 10))
        slip = transfers.with_a_slip(license)
        return [transfers.row(license, first + 3 * DAY, text=slip), transfers.row(license, first + 5 * DAY)]
    if told == (1, 1):
        license = transfers.take(payers[2], at_hour(first + 2 * DAY, 10))
        return [transfers.row(license, first + 4 * DAY, text=closing.UNNAMED, name="阮清远")]
    if told == (1, 2):
        return [Row(first + 5 * DAY, 1_264_37, closing.INTEREST, office.BANK, reference=f"DEMOI{first:%Y%m}")]
    return []


def _last_days(half: Half, now: datetime, payers: list[Membership]) -> list[Row]:
    """The demo login's firm pays two fees rightly; another one pays too little; some lines nobody can place."""
    yesterday, firm = half.last, transfers.licensing_user()
    day = max(half.first, yesterday - 3 * DAY)
    taken = [transfers.take(firm, at_hour(yesterday - 5 * DAY, hour)) for hour in (9, 10)]
    short = transfers.take(payers[3], at_hour(yesterday - 5 * DAY, 14))
    return [
        *(transfers.row(one, day) for one in taken),
        transfers.row(short, max(half.first, yesterday - 2 * DAY), less_fen=500_00),
        Row(yesterday, 12_800_00, "货款", "江海沐禾贸易有限公司", "6222009900000777001", f"DEMOU{yesterday:%Y%m%d}"),
        Row(yesterday, 2_400_00, "LICENSE FEE", "Brightwater Instruments Ltd.", "6222009900000777002",
            f"DEMOF{yesterday:%Y%m%d}", "USD"),
    ]  # fmt: skip


def _sweep(half: Half) -> None:
    """Own fees leave the supervised account."""
    with clock.at(at_hour(half.last, 16)):
        if unswept():
            sweeping.sweep(actor=cast.officer("finance"), key=f"demo:{half.last}", value_date=half.last)


def _tell_today(now: datetime) -> None:
    """What waits for somebody on every desk."""
    paid = transfers.paid_of(transfers.licensing_user(), now)
    for act, license in zip((claims.dispute, claims.ask_back), paid, strict=False):
        act(license, now)
    claims.mediate(now)
    inspections.tell(now)
    invoices.tell(now)
    transfers.take(transfers.licensing_user(), now - timedelta(hours=22))
    payouts.let_one_wait(now, WAITING_RUN)
