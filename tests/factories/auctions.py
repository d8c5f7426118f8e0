"""Seasons, sessions and lots in each state, made through the services as people would make them.

Everything up to the announcement may happen in the past: `announced_lot(starts_at=...)` works backwards from the
start of the bidding under `clock.at`.
"""

import itertools
from datetime import datetime, timedelta

from accounts.models import Membership
from approvals import services as approvals
from approvals.queries import open_review_of
from auctions import eligibility
from auctions.lifecycle import SeasonState
from auctions.models import Lot, Season, Session
from auctions.services import announcing, lots, materials, priority, rooms, seasons, sessions
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories.patents import make_patent
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

codes = itertools.count(1)
STAGES = ("announce", "collect", "select", "promote", "start_bidding", "deliver", "track", "close")
START = Money(120_000_00)
DAY = timedelta(days=1)
LEAD = 9 * DAY  # from the proposal to the start: more than the notice


def seller(**fields) -> Membership:
    """Somebody of an enterprise that is not state-owned: no valuation, no state assets."""
    return accounts.member("owner", **fields)


def draft_season(*, officer: Membership | None = None, **values) -> Season:
    """A draft with the default rules."""
    n = next(codes)
    named = {
        "code": f"{1900 + n // 99}T{n % 99 + 1}",
        "title_zh_hans": f"测试竞价季{n}",
        "title_en": f"Test season {n}",
        **values,
    }
    return seasons.create_season(actor=officer or accounts.officer(), **named)


def season(stage: str = "collect", *, officer: Membership | None = None, **values) -> Season:
    """A season that has come as far as ``stage`` (a move of its lifecycle up to "promote")."""
    officer = officer or accounts.officer()
    made = draft_season(officer=officer, **values)
    for move in STAGES[: STAGES.index(stage) + 1]:
        made = seasons.lead(season=made, move=move, actor=officer)
    return made


def session(of: Season, *, officer: Membership | None = None, starts_at: datetime | None = None, **dates) -> Session:
    """A planned session: by default it starts in eight days and lasts 24 hours."""
    starts_at = starts_at or database_now() + 8 * DAY
    ends_at = dates.get("planned_ends_at", starts_at + DAY)
    named = {
        "viewing_from": local_date(starts_at) - 5 * DAY,
        "viewing_until": local_date(starts_at) - DAY,
        "registration_until_at": ends_at - timedelta(hours=2) if ends_at - starts_at >= DAY else ends_at,
        "starts_at": starts_at,
        "planned_ends_at": ends_at,
        **dates,
    }
    return sessions.plan_session(season=of, actor=officer or accounts.officer(), **named)


def proposed_lot(
    *,
    of: Season | None = None,
    by: Membership | None = None,
    patents=None,
    subject: str = "assignment",
    start: Money = START,
    reserve: Money | None = None,
    **about,
) -> Lot:
    """A complete proposal, not submitted."""
    by = by or seller()
    of = of or season()
    patents = patents if patents is not None else [make_patent(by.organization)]
    numbers = [patent.number for patent in patents]
    lot = lots.start_lot(season=of, subject=subject, numbers=numbers, start=start, actor=by)
    years = 5 if subject.endswith("license") else None
    about = {"title_zh_hans": "一种测试标的", "title_en": "A lot for tests", "license_years": years, **about}
    lots.save_part(lot=lot, part="about", values=about, actor=by)
    values = {"start": start, "reserve": reserve}
    if eligibility.is_state_seller(by.organization):
        _value(lot, by)
        values |= {"valuation": start, "valuation_date": local_date(database_now()), "valuation_by": "某资产评估公司"}
    lots.save_part(lot=lot, part="price", values=values, actor=by)
    facts = {"defects": "无已知瑕疵。", "contact_name": "周敏", "contact_phone": "025-84890000"}
    return lots.save_part(lot=lot, part="disclosure", values=facts, actor=by)


def _value(lot: Lot, by: Membership) -> None:
    """The valuation report of a state seller."""
    report = upload(paper(), "valuation.png")
    rooms.add_document(lot=lot, upload=report, kind="valuation", title="评估报告", audience="members", actor=by)


def submitted_lot(*, by: Membership | None = None, **parts) -> Lot:
    """In the queue of the materials check."""
    by = by or seller()
    return materials.submit(lot=proposed_lot(by=by, **parts), actor=by)


def review_of(lot: Lot):
    """The open case about a lot."""
    return open_review_of(materials.REVIEW_KIND, lot)


def decide(lot: Lot, outcome: str, *, officer: Membership | None = None, **said) -> Lot:
    """An officer claims the case and decides it."""
    officer = officer or accounts.officer()
    review = approvals.claim(review=review_of(lot), actor=officer)
    approvals.decide(review=review, outcome=outcome, actor=officer, **said)
    return Lot.objects.get(pk=lot.pk)


def selected_lot(*, officer: Membership | None = None, **parts) -> Lot:
    """Selected, with its number."""
    return decide(submitted_lot(**parts), "approve", officer=officer)


def announced_lot(
    *,
    starts_at: datetime | None = None,
    lasts: timedelta = DAY,
    officer: Membership | None = None,
    holders=(),
    rules: dict | None = None,
    of: Season | None = None,
    **parts,
) -> Lot:
    """A lot of a session of its own whose notice is published: registration is open, the floor stands.

    ``starts_at`` may lie in the past or be now: what came before happened nine days earlier. ``holders`` are keyword
    arguments of holders of a first right who will bid.
    """
    return announced_lots(1, starts_at=starts_at, lasts=lasts, officer=officer, holders=holders, rules=rules, of=of,
                          **parts)[0]  # fmt: skip


def announced_lots(n: int, *, starts_at=None, lasts=DAY, officer=None, holders=(), rules=None, of=None, **parts):
    """Several lots of one session, as `announced_lot`."""
    officer = officer or accounts.officer()
    starts_at = starts_at or database_now() + 8 * DAY
    with clock.at(min(starts_at - LEAD, database_now())):
        chosen = of or season(officer=officer, **(rules or {}))
        made = [selected_lot(of=chosen, officer=officer, **parts) for _n in range(n)]
        for lot in made:
            for holder in holders:
                _let_bid(lot, **holder)
        if chosen.state == SeasonState.COLLECTING:
            for move in ("select", "promote"):
                chosen = seasons.lead(season=chosen, move=move, actor=officer)
        planned = session(chosen, officer=officer, starts_at=starts_at, planned_ends_at=starts_at + lasts)
        sessions.assign_lots(session=planned, lots=made, actor=officer)
        announcing.publish_notice(session=planned, actor=officer)
    return [Lot.objects.select_related("season", "session", "seller", "floor").get(pk=lot.pk) for lot in made]


def _let_bid(lot: Lot, *, organization: Membership, basis: str = "co_owner", name: str = "王工") -> None:
    """A holder of a first right who will bid with this organization."""
    holder = lot.priority_holders.create(
        basis=basis,
        name=name,
        rank=priority.RANKS[basis],
        notified_at=database_now(),
        answer_by=local_date(database_now()) + 7 * DAY,
    )
    priority.answer(holder=holder, answer="bids", actor=organization)


def lapse(lot: Lot) -> bool:
    """The clock lets a case lapse that was not corrected in time."""
    return approvals.lapse(review=review_of(lot))
