"""Payout runs of the demo: paid and confirmed ones, one that waits for a second person, accounts still missing."""

from datetime import date, datetime, timedelta

from django.db.models import Max

from accounts.models import Organization
from foundation.core import clock
from local.demo import portfolio
from local.demo.books import office
from local.demo.books.files import Row
from settlement import gateways
from settlement.models import Payout, PayoutAccount, PayoutRun, Posting
from settlement.queries.payables import payable_now
from settlement.services import runs

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEFT = 9  # payees who name no account before the run that waits
WITHOUT = 2  # of them have no confirmed account when it is made
PAYABLES = ("2011", "2012")


def payees(before: datetime) -> list[Organization]:
    """Who has no confirmed account yet and got nothing more to be paid since then."""
    known = PayoutAccount.objects.values("organization_id")
    credits = Posting.objects.filter(account_id__in=PAYABLES, credit_fen__gt=0).exclude(party_id__in=known)
    rows = credits.values("party_id").annotate(last=Max("entry__posted_at")).filter(last__lt=before)
    return list(Organization.objects.filter(pk__in=rows.values("party_id")).order_by("pk"))


def pay(moment: datetime, key: str) -> PayoutRun | None:
    """A run of all that is due at a moment: collected, approved by a second person where needed, and sent as a file.

    Only payees get an account now whose money was all released before, so no run pays what came later; some are left
    for the run that waits today.
    """
    for one in payees(moment)[:-LEFT]:
        office.name_account(one, moment - 3 * DAY)
    if not payable_now():
        return None
    with clock.at(moment):
        run = runs.collect_run(rail=gateways.FILE, actor=office.cashier(), key=key, note="按月支付到期许可收入。")
        run = runs.submit_run(run=run, actor=office.cashier())
    if run.state == "waiting":
        office.approve(run, runs.REVIEW, moment + HOUR)
    with clock.at(moment + 2 * HOUR):
        run = runs.begin_sending(run=run, actor=office.cashier())
        portfolio.finish(run.job_id)
    run.refresh_from_db()
    return run


def returned(day: date, key: str, own: int) -> list[Row]:
    """The bank brings the smallest payout of a run back, one's ``own`` last: finance has to look into it."""
    rows = Payout.objects.filter(run__key=key, refund=None, account_id="2011")
    row = min(rows, key=lambda one: (one.party_id == own, one.amount_fen, one.pk), default=None)
    if row is None:
        return []
    text = f"退汇 {row.number} 收款账户信息不符"
    return [Row(day, row.amount_fen, text, row.holder, reference=f"DEMOR{row.number}")]


def let_one_wait(now: datetime, key: str) -> None:
    """The run that waits for a second person, an account that waits too, and one payee who can be paid next."""
    left = payees(now)
    paid, late, waiting = left[:-WITHOUT] or left, left[-WITHOUT:-1], left[WITHOUT:][-1:]
    for one in paid:
        office.name_account(one, now - 3 * DAY)
    with clock.at(now - 26 * HOUR):
        run = runs.collect_run(rail=gateways.FILE, actor=office.cashier(), key=key, note="本月到期许可收入。")
        runs.submit_run(run=run, actor=office.cashier())
    for one in late:
        if one not in paid:
            office.name_account(one, now - 25 * HOUR)
    for one in waiting:
        office.name_account(one, now - 5 * HOUR, confirmed=False)


def is_waiting(key: str) -> bool:
    """Whether that run is there."""
    return PayoutRun.objects.filter(key=key).exists()
