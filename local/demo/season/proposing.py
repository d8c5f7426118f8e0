"""Lots of the demo's seasons up to their selection: proposed by the seller, checked by an officer."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Membership
from approvals import services as approvals
from approvals.queries import open_review_of
from auctions import eligibility
from auctions.models import Lot, LotDocument, PriorityHolder, Season
from auctions.services import lots, materials, priority, rooms
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from local.demo import cast, register
from local.demo.season import people, table
from local.demo.season.table import Row
from patents.models import Patent

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VALUER = "江海中正资产评估有限公司（演示）"
VALUED = 120  # percent of the start price
Kind, Audience = LotDocument.Kind, LotDocument.Audience


def lot_of(row: Row, season: Season) -> Lot | None:
    """The first round of a lot of the table, if it was told."""
    rows = Lot.objects.filter(season=season, relisted_from=None, items__patent__number=table.patents_of(row)[0])
    return rows.select_related("season", "session", "seller").first()


@transaction.atomic
def draft(row: Row, season: Season, moment: datetime) -> Lot:
    """A proposal that lacks its price and its disclosure."""
    numbers, manager = table.patents_of(row), people.seller(row.holder)
    with clock.at(moment):
        for patent in Patent.objects.filter(number__in=numbers):
            register.keep_fresh(patent)
        lot = lots.start_lot(
            season=season, subject=row.subject, numbers=numbers, start=Money(row.yuan * 100), actor=manager
        )
        first = Patent.objects.get(number=numbers[0])
        bundle = {"title_zh_hans": f"{first.title_zh_hans}等{len(numbers)}件专利"} if row.more else {}
        values = {
            "title_zh_hans": first.title_zh_hans, "title_en": first.title_en, "license_years": row.years,
            "about_zh_hans": first.abstract_zh_hans, "about_en": first.abstract_en, **bundle,
        }  # fmt: skip
        if row.more:
            values["title_en"] = f"{first.title_en} and {len(row.more)} more"[:300]
        return lots.save_part(lot=lot, part="about", values=values, actor=manager)


def _complete(lot: Lot, row: Row, manager: Membership) -> Lot:
    """Price, valuation, disclosure, data room and first rights."""
    start = Money(row.yuan * 100)
    values = {"start": start, "reserve": Money(row.reserve * 100) if row.reserve else None}
    if eligibility.is_state_seller(lot.seller):
        _file(lot, Kind.VALUATION, "资产评估报告摘要", Audience.PUBLIC, manager)
        day = local_date(clock.database_now()) - 20 * DAY
        values |= {"valuation": Money(row.yuan * VALUED), "valuation_date": day, "valuation_by": VALUER}
    lots.save_part(lot=lot, part="price", values=values, actor=manager)
    phone = f"025-8{4_000_000 + lot.pk % 1_000_000}"
    facts = {"defects": row.defects, "contact_name": manager.user.name, "contact_phone": phone}
    lot = lots.save_part(lot=lot, part="disclosure", values=facts, actor=manager)
    _file(lot, Kind.REGISTER, "专利登记簿副本", Audience.PUBLIC, manager)
    _file(lot, Kind.TECHNICAL, "技术交底与试制记录", Audience.MEMBERS, manager)
    _file(lot, Kind.CONTRACT, "转让合同草案", Audience.BIDDERS, manager)
    patents = [item.patent for item in lot.items.select_related("patent")]
    for n, name in enumerate(eligibility.missing_holders(lot, patents)):
        email = cast.address(f"inventor.{lot.pk}.{n}")
        priority.add_holder(lot=lot, basis=PriorityHolder.Basis.INVENTOR, name=name, email=email, actor=manager)
    return lot


def _file(lot: Lot, kind: str, title: str, audience: str, manager: Membership) -> None:
    scan = register.paper(["DATA ROOM (DEMO, FICTIONAL)", f"Lot of {lot.seller.name_en}", str(kind).upper()])
    rooms.add_document(lot=lot, upload=scan, kind=kind, title=title, audience=audience, actor=manager)


@transaction.atomic
def submit(row: Row, season: Season, moment: datetime) -> Lot:
    """A complete proposal in the queue of the materials check."""
    manager = people.seller(row.holder)
    lot = draft(row, season, moment)
    with clock.at(moment + HOUR):
        lot = _complete(lot, row, manager)
    with clock.at(moment + 2 * HOUR):
        return materials.submit(lot=lot, actor=manager)


@transaction.atomic
def select(row: Row, season: Season, moment: datetime) -> Lot:
    """Proposed, checked two days later and selected; the inventors answer a day after it."""
    lot = submit(row, season, moment)
    decide(lot, "approve", moment + 2 * DAY)
    answered(lot, row, moment + 3 * DAY)
    return Lot.objects.get(pk=lot.pk)


def answered(lot: Lot, row: Row, moment: datetime) -> None:
    """The inventors waive their first right by the link in the letter; one of the table will bid."""
    for n, holder in enumerate(lot.priority_holders.order_by("pk")):
        with clock.at(moment + n * HOUR):
            priority.answer(holder=holder, answer="bids" if row.first_right and not n else "waived")


def decide(lot: Lot, outcome: str, moment: datetime, **said) -> None:
    """An officer takes the case and decides it."""
    review = open_review_of(materials.REVIEW_KIND, lot)
    with clock.at(moment):
        review = approvals.claim(review=review, actor=people.officer())
        approvals.decide(review=review, outcome=outcome, actor=people.officer(), **said)


def claim(lot: Lot, moment: datetime) -> None:
    """An officer takes the case."""
    with clock.at(moment):
        approvals.claim(review=open_review_of(materials.REVIEW_KIND, lot), actor=people.officer())
