"""Royalties of the demo: quarters reported, accepted and paid by the services; the last one is left in many states."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from accounts.models import Membership
from foundation.core import clock
from foundation.core.clock import end_of_local_day
from foundation.core.money import Money
from licenses.models import License, RoyaltyPeriod
from licenses.pricing import Base
from licenses.services import breach, royalty_answers, royalty_periods, royalty_reports
from local.demo import uptakes

# What became of the last quarter that is over.
LAST = ("settled", "settled", "payment_due", "payment_late", "reported", "questioned", "report_late")
SIGNATORIES = ("陈国强", "沈慧", "顾明远", "陆佳")
HOUR = timedelta(hours=1)


def live(license: License, *, firm: Membership, manager: Membership, random: Random, now) -> None:
    """Every quarter of a license from its first day until now; nothing where the terms have no royalty."""
    with clock.at(license.effective_at + timedelta(minutes=1)):
        rows = royalty_periods.open_periods(license=license)
    while rows:
        period = rows[-1]
        over = end_of_local_day(period.ends_on) + HOUR
        if over > now:
            return
        with clock.at(over):
            royalty_periods.close_period(period=period)
            rows = royalty_periods.open_periods(license=license)
        last = not rows or end_of_local_day(rows[-1].ends_on) > now
        _quarter(period, random.choice(LAST) if last else "settled", firm, manager, random, now)


def _quarter(period, fate, firm, manager, random, now) -> None:  # noqa: PLR0917
    """One quarter up to the state it is left in; what would lie in the future does not happen."""
    period = RoyaltyPeriod.objects.select_related("license").get(pk=period.pk)
    if fate == "report_late":
        return _miss(period, period.report_due_at + HOUR, now)
    moment = end_of_local_day(period.ends_on) + timedelta(days=random.randrange(8, 27), hours=random.randrange(1, 9))
    if fate in ("reported", "questioned", "payment_due"):
        moment = max(moment, now - timedelta(days=random.randrange(1, 4)))
    if moment > now:
        return None
    if moment > period.report_due_at + HOUR:
        _miss(period, period.report_due_at + HOUR, now)
    with clock.at(moment):
        period = _report(period, firm, random)
    if fate == "reported":
        return None
    answered = min(moment + timedelta(days=random.randrange(1, 6)), now - HOUR)
    with clock.at(answered):
        if fate == "questioned":
            return _question(period, manager)
        period = royalty_answers.accept_report(period=period, actor=manager)
    if fate == "settled" and period.obligation_id:
        with clock.at(min(answered + timedelta(days=random.randrange(1, 9)), now)):
            uptakes.pay_royalty(period, firm)
    elif fate == "payment_late":
        _miss(period, period.pay_due_at + HOUR, now)
    return None


def _miss(period: RoyaltyPeriod, moment, now) -> None:
    if moment < now:
        with clock.at(moment):
            breach.miss(period=period)


def _report(period: RoyaltyPeriod, firm: Membership, random: Random) -> RoyaltyPeriod:
    """A few lines of made-up sales; one quarter in eight sells nothing."""
    lines = [] if random.random() < 0.125 else [_line(period, random) for _n in range(random.randrange(1, 4))]
    return royalty_reports.report(
        period=period,
        lines=lines,
        nothing_sold=not lines,
        signatory=random.choice(SIGNATORIES),
        is_true=True,
        actor=firm,
    )


def _line(period: RoyaltyPeriod, random: Random) -> dict:
    quantity = Decimal(random.randrange(40, 4_000))
    price = Money(random.randrange(80_00, 900_00))
    sales = int(quantity) * price.fen
    costs = Money(sales * 7 // 10) if period.rules.base is Base.PROFIT else Money(0)
    return {
        "product": period.license.patent.title_zh_hans[:60],
        "model": f"{random.choice('ABCKLM')}{random.randrange(10, 99)}-{random.randrange(100, 999)}",
        "quantity": quantity,
        "unit_price": price,
        "returns": Money(random.choice((0, 0, sales // 80))),
        "discounts": Money(random.choice((0, sales // 50))),
        "apart": Money(sales // 40),
        "costs": costs,
    }


def _question(period: RoyaltyPeriod, manager: Membership) -> None:
    report = period.reports.first()
    about = {line.pk: "单价低于公开报价，请附发票。" for line in report.lines.all()[:1]}
    reason = "请说明退货与折扣的口径，并附销售台账。"
    royalty_answers.question_report(period=period, reason=reason, remarks=about, actor=manager)
