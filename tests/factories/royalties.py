"""Licenses with a royalty, and their periods, lived through by the clock."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from accounts.models import Membership
from foundation.core import clock
from foundation.core.clock import end_of_local_day, start_of_local_day
from foundation.core.money import Money
from licenses import clock_royalties
from licenses.models import License, RoyaltyPeriod
from licenses.services import inspections, royalty_answers, royalty_drafts, royalty_periods, royalty_reports
from tests.factories import licenses as offers
from tests.factories import uptakes

# A Monday: the first quarter of the license has 50 days of the calendar's 90.
BEGINS = datetime(2026, 2, 9, 2, tzinfo=UTC)
FIRST_QUARTER_ENDS, SECOND_QUARTER_ENDS = date(2026, 3, 31), date(2026, 6, 30)
SIGNATORY = "陈国强"


def royalty_license(licensee: Membership | None = None, declaration=None, **rules) -> License:
    """In effect since 9 February 2026: entry fee 50,000.00 and 3 % of net sales, quarterly.

    ``rules`` are further keys of the section "price", such as royalty_minimum_fen or royalty_tiers.
    """
    with clock.at(BEGINS):
        if declaration is None:
            price = offers.price("entry_plus_royalty", **rules)
            declaration = offers.published_declaration(method="entry_plus_royalty", price=price)
        license = uptakes.paid_license(declaration, licensee)
        royalty_periods.open_periods(license=license)
    return license


def manager(license: License) -> Membership:
    """Who declares for the licensor."""
    return license.licensor.memberships.get(role="ip_manager")


def user(license: License) -> Membership:
    """Who takes licenses for the licensee."""
    return license.licensee.memberships.get(role="licensing_user")


def line(amount: str = "1234567.89", **changes) -> dict:
    """One line of a report with these sales."""
    return {
        "product": "储能电芯",
        "model": "LC-280",
        "quantity": Decimal(1),
        "unit_price": Money.parse(amount),
        **changes,
    }


def period(license: License, place: int = 1) -> RoyaltyPeriod:
    return RoyaltyPeriod.objects.get(license=license, sequence=place)


def due_period(license: License | None = None, **rules) -> RoyaltyPeriod:
    """The first quarter, over and to be reported."""
    license = license or royalty_license(**rules)
    with clock.at(end_of_local_day(FIRST_QUARTER_ENDS)):
        clock_royalties.run()
    return period(license)


def reported_period(amount: str = "1234567.89", license: License | None = None, **rules) -> RoyaltyPeriod:
    """The first quarter, reported on 10 April 2026."""
    row = due_period(license, **rules)
    with clock.at(start_of_local_day(date(2026, 4, 10))):
        return royalty_reports.report(
            period=row,
            lines=[line(amount)] if Money.parse(amount) else [],
            nothing_sold=not Money.parse(amount),
            signatory=SIGNATORY,
            is_true=True,
            actor=user(row.license),
        )


def accepted_period(amount: str = "1234567.89", license: License | None = None, **rules) -> RoyaltyPeriod:
    """The first quarter, accepted on 15 April 2026."""
    row = reported_period(amount, license, **rules)
    with clock.at(start_of_local_day(date(2026, 4, 15))):
        return royalty_answers.accept_report(period=row, actor=manager(row.license))


def pay(row: RoyaltyPeriod, at: datetime) -> str:
    """The licensee pays the royalty; what settlement made of the bank's message."""
    from_licensee = user(row.license)
    with clock.at(at):
        payment = uptakes.settlement.begin_payment(obligation=row.obligation, actor=from_licensee, key=f"p{row.pk}")
        return uptakes.bank_says_paid(payment)


def lived(license: License, *, licensee: Membership, licensor: Membership, upload) -> dict:
    """A license with a settled first period, a report begun for the second, and an inspection: their names."""
    royalty_periods.open_periods(license=license)
    first = period(license)
    with clock.at(end_of_local_day(first.ends_on)):
        clock_royalties.run()
        royalty_reports.report(
            period=period(license), lines=[], nothing_sold=True, signatory=SIGNATORY, is_true=True, actor=licensee
        )
        royalty_answers.accept_report(period=period(license), actor=licensor)
    second = period(license, 2)
    with clock.at(end_of_local_day(second.ends_on)):
        clock_royalties.run()
        report = royalty_drafts.start_report(period=period(license, 2), actor=licensee)
        kept = royalty_drafts.save_line(report=report, actor=licensee, **line("100.00"))
        paper = royalty_drafts.add_paper(report=report, upload=upload, actor=licensee)
        inspection = inspections.announce(
            license=license,
            inspector="天衡会计师事务所",
            inspects_on=second.ends_on + timedelta(days=30),
            reason="核对账册。",
            actor=licensor,
        )
    return {
        "royalty": second.number, "royalty_line": kept.pk, "royalty_paper": paper.pk, "inspection": inspection.number
    }  # fmt: skip
