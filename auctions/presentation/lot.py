"""The page of one lot: terms, patents, what it is subject to, data room, questions, dates, what one may do."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from accounts import history as accounts_history
from accounts.rules import can
from auctions import rules, wording
from auctions.lifecycle import PUBLIC, LotState
from auctions.models import Lot
from auctions.presentation import catalogue, integrity, seasons
from auctions.queries import after, lots, rooms
from auctions.services import burdens, withdrawal_costs
from foundation.core.display import last_moment, listed, moment, money

HISTORY = 8
WITHDRAWABLE = (LotState.SELECTED, LotState.ANNOUNCED, LotState.REGISTRATION_OPEN)
REGISTERING = (LotState.REGISTRATION_OPEN, LotState.LIVE, LotState.PAUSED)
ROOM = (LotState.REGISTRATION_OPEN, LotState.LIVE, LotState.PAUSED)
DECIDED = (LotState.SOLD_PROVISIONAL, LotState.SOLD, LotState.UNSOLD, LotState.AFTER_SALE_TALKS,
           LotState.SOLD_BY_AGREEMENT, LotState.RELISTED, LotState.RETURNED_TO_POOL, LotState.CONVERTED)  # fmt: skip
SOLD = (LotState.SOLD_PROVISIONAL, LotState.SOLD, LotState.SOLD_BY_AGREEMENT)
UNSOLD = (LotState.UNSOLD, LotState.AFTER_SALE_TALKS)


def address(name: str, *arguments) -> str:
    """An address of the market; empty where this installation has no such page."""
    try:
        return reverse(f"auctions:{name}", args=arguments)
    except NoReverseMatch:
        return ""


def actions(lot: Lot, membership) -> list[dict]:
    """The buttons of this reader, the first one filled."""
    own = membership is not None and membership.organization_id == lot.seller_id
    staff = rules.is_staff(membership)
    made = []
    if lot.state in REGISTERING and not own and not staff and (membership is None or can(membership, "bid")):
        made.append((gettext("Register to bid"), address("register", lot.number), "primary"))
    if lot.state in ROOM:
        made.append((gettext("To the bidding room"), address("lot_room", lot.number), ""))
    if lot.state in DECIDED:
        made.append((gettext("Replay of the bidding"), address("lot_replay", lot.number), ""))
    if lot.state in SOLD and (notice := after.announced().filter(lot=lot).order_by("pk").last()):
        made.append((gettext("Public notice of the sale"), address("sale_notice", notice.number), ""))
    if lot.state in UNSOLD and own and can(membership, "declare"):
        made.append((gettext("What to do with the unsold lot"), address("lot_after", lot.number), "primary"))
    if lot.state == LotState.AFTER_SALE_TALKS and not own:
        made.append((gettext("Make an offer"), address("lot_talks", lot.number), "primary"))
    if lot.state in WITHDRAWABLE and ((own and can(membership, "declare")) or rules.is_officer(membership)):
        made.append((gettext("Withdraw the lot"), address("lot_withdraw", lot.number), ""))
    if lot.session_id and lot.state in PUBLIC:
        made.append((gettext("Into my calendar"), address("lot_calendar", lot.number), ""))
    found = [{"label": label, "url": url, "tone": tone} for label, url, tone in made if url]
    return found + (integrity.conduct(lot) if rules.is_officer(membership) and lot.state in PUBLIC else [])


def withdrawal(lot: Lot, membership) -> str:
    """What a withdrawal means for whoever asks: a seller bears its cost from the notice on (Auction Law Art. 29)."""
    text = gettext("Possible until the bidding begins. Registrations end and all deposits go back at once.")
    cost = withdrawal_costs.cost_of(lot, lot.season)
    if membership.organization_id != lot.seller_id or lot.state == LotState.SELECTED or not cost:
        return text
    more = gettext("Your organization owes %(cost)s for it (Auction Law Art. 29).") % {"cost": money(cost)}
    return f"{text} {more}"


def terms(lot: Lot) -> list[dict]:
    """Start price, reserve, increment, deposit, commission."""
    season = lot.season
    reserve = gettext("a secret reserve lies above it") if lot.has_reserve else gettext("no reserve above it")
    rows = [
        {"label": gettext("Start price"), "value": money(lot.start), "note": reserve},
        {"label": gettext("Increment"), "value": money(catalogue.increment_of(lot))},
        {"label": gettext("Deposit"), "value": money(catalogue.deposit_of(lot)),
         "note": gettext("counts toward the price; back within 24 hours for whoever does not win")},
        {"label": gettext("Buyer's commission"), "value": listed(seasons.commissions(season)),
         "note": gettext("each rate counts for its own slice of the price")},
    ]  # fmt: skip
    if season.max_steps:
        rows[1]["note"] = gettext("at most %(n)d increments in one bid") % {"n": season.max_steps}
    if lot.valuation_fen is not None:
        rows.append({"label": gettext("Valuation"), "value": money(lot.valuation_fen), "note": lot.valuation_by})
    return rows


def dates(lot: Lot) -> list[dict]:
    """The dates of a lot; the end is the floor's. The card names the zone."""
    session, floor = lot.session, getattr(lot, "floor", None)
    if session is None:
        return [{"label": gettext("Session"), "value": gettext("not decided yet")}]
    rows = seasons.dates(session)
    if floor is not None and floor.ends_at != floor.planned_ends_at:
        label = gettext("Ended, after extensions") if floor.closed_at else gettext("Ends now, after extensions")
        rows.append({"label": label, "value": moment(floor.ends_at, seconds=True, zone=False)})
    return rows


def facts(lot: Lot) -> list[dict]:
    """What is sold and by whom."""
    rows = [
        {"label": gettext("What is sold"), "value": lot.get_subject_display()},
        {
            "label": gettext("Offered by"),
            "value": lot.seller.display_name,
            "url": lot.seller.get_absolute_url() if lot.seller.is_public else "",
        },
    ]
    if lot.license_years:
        years = ngettext("%(n)d year", "%(n)d years", lot.license_years) % {"n": lot.license_years}
        rows.insert(1, {"label": gettext("Term of the license"), "value": years})
    rows += _rounds(lot)
    if lot.contact_name:
        rows.append({"label": gettext("Contact"), "value": lot.contact_name, "note": lot.contact_phone})
    return rows


def _rounds(lot: Lot) -> list[dict]:
    """The round, the lot of the round before and that of the next one, where there is more than one."""
    rows = []
    if lot.relisted_from_id:
        rows.append({"label": gettext("Round"), "value": str(lot.round)})
        rows.append(_other(gettext("Earlier round"), lot.relisted_from))
    later = Lot.objects.filter(relisted_from=lot, state__in=PUBLIC).first() if lot.state == LotState.RELISTED else None
    return [*rows, _other(gettext("Next round"), later)] if later else rows


def _other(label: str, lot: Lot) -> dict:
    return {"label": label, "value": lot.number, "url": lot.get_absolute_url()}


def documents(lot: Lot, membership) -> list[dict]:
    """The data room: what one may open has an address, the rest says who may."""
    allowed = rooms.audiences(lot, membership)
    return [
        {
            "document": document,
            "url": reverse("auctions:lot_document", args=[lot.number, document.pk])
            if document.audience in allowed
            else "",
        }
        for document in rooms.documents_of(lot)
    ]


def record(lot: Lot) -> list[dict]:
    """The files of the public record of a decided lot."""
    if lot.state not in DECIDED:
        return []
    files = [
        (gettext("Record (JSON)"), address("lot_record_json", lot.number)),
        (gettext("Record (CSV)"), address("lot_record_csv", lot.number)),
        (gettext("Sealed record (PDF)"), address("lot_record_pdf", lot.number)),
        (gettext("Program that checks a record"), address("record_verifier")),
        (gettext("Release in the Open Contracting Data Standard (JSON)"),
         reverse("api_auction_lot_release", args=[lot.number])),
    ]  # fmt: skip
    return [{"name": name, "url": url} for name, url in files if url]


def context(lot: Lot, membership) -> dict:
    """Everything the page shows besides the bars."""
    own = membership is not None and membership.organization_id == lot.seller_id
    outsider = membership is not None and not own and not rules.is_staff(membership)
    return {
        "lot": lot,
        "season": lot.season,
        "session": lot.session,
        "words": wording.of(lot.season),
        "patents": lots.patents_of(lot),
        "facts": facts(lot),
        "terms": terms(lot),
        "dates": dates(lot),
        "price": catalogue.price_of(lot),
        "stage": catalogue.stage_of(lot),
        "subject_to": burdens.subject_to(lot),
        "documents": documents(lot, membership),
        "record": record(lot),
        "questions": list(rooms.questions_of(lot)),
        "holders": list(lot.priority_holders.all()) if own or rules.is_officer(membership) else [],
        "history": accounts_history.entries(lot, membership, HISTORY),
        "actions": actions(lot, membership),
        "own": own,
        "may_ask": outsider and lot.permits("ask"),
        "may_answer": own and can(membership, "declare"),
        "sees_access": lots.may_conduct(membership) or outsider,
        "registration_until": last_moment(lot.session.registration_until_at) if lot.session else "",
        "crumbs": _crumbs(lot),
    }


def _crumbs(lot: Lot) -> list[dict]:
    made = [{"label": gettext("Auctions"), "url": reverse("auctions:season_list")}]
    made.append({"label": lot.season.title, "url": lot.season.get_absolute_url()})
    if lot.session and lot.session.notice_at:
        label = gettext("Session %(n)s") % {"n": lot.session.position}
        made.append({"label": label, "url": lot.session.get_absolute_url()})
    return [*made, {"label": lot.number}]
