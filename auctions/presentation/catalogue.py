"""How the catalogue of lots is shown: rows, facets, chips, export."""

from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.queries import cities
from auctions.models import Lot
from auctions.queries import facets
from auctions.queries.catalogue import ORDERS, STAGES, Params
from auctions.services import opening
from foundation.core.display import day, money
from foundation.core.money import Money

ORDER_LABELS = {
    "soonest": _("Soonest first"),
    "newest": _("Newest first"),
    "cheapest": _("Lowest start price"),
    "dearest": _("Highest start price"),
    "number": _("Lot number"),
}
EXPORTED = (
    _("Lot number"), _("Season"), _("Session"), _("Title (Chinese)"), _("Title (English)"), _("What is sold"),
    _("Patent number"), _("Offered by"), _("City"), _("Start price (yuan)"), _("Increment (yuan)"), _("Deposit (yuan)"),
    _("Reserve"), _("Bidding starts"), _("Bidding ends"), _("Price (yuan)"), _("State"),
)  # fmt: skip


def city_names() -> dict[str, str]:
    """Names of the cities by code, in the language of the page."""
    return {city.code: city.name for city in cities()}


def stage_of(lot: Lot) -> str:
    """upcoming, live, sold, unsold or withdrawn; empty before the announcement."""
    return next((stage for stage, states in STAGES.items() if lot.state in states), "")


def increment_of(lot: Lot) -> Money:
    """The increment: that of the floor, before by the season's table."""
    floor = getattr(lot, "floor", None)
    return Money(floor.increment_fen) if floor else opening.increment_for(lot.season, lot.start)


def deposit_of(lot: Lot) -> Money:
    """The deposit: that of the floor, before by the season's share."""
    floor = getattr(lot, "floor", None)
    return Money(floor.deposit_fen) if floor else opening.deposit_for(lot.season, lot.start)


def price_of(lot: Lot) -> Money | None:
    """The highest bid; None where nobody has bid."""
    floor = getattr(lot, "floor", None)
    return floor.price if floor else None


def row_of(lot: Lot) -> dict:
    """One row of the list."""
    patents = [item.patent for item in lot.items.all()]
    floor = getattr(lot, "floor", None)
    stage = stage_of(lot)
    english = (get_language() or "").startswith("en")
    return {
        "lot": lot,
        "patents": patents,
        "first": patents[0] if patents else None,
        "more": max(0, len(patents) - 1),
        "stage": stage,
        "price": price_of(lot),
        "bids": floor.seq if floor else 0,
        "starts_at": lot.session.starts_at if lot.session else None,
        "ends_at": floor.ends_at if floor else None,
        "foreign_title": english and lot.title_language != "en",
    }


def page_context(page, params: Params, counts: dict) -> dict:
    """Everything the list shows besides the bars."""
    named = facets.labels(counts, params, city_names())
    url = reverse("auctions:lot_list")
    order = params.order or "soonest"
    return {
        "page": page,
        "rows": [row_of(lot) for lot in page],
        "facets": facets.drawn(params, counts, named),
        "chips": facets.chips(params, url, named),
        "clear_url": url,
        "hidden": {"q": params.q, "season": params.season, "order": params.order},
        "orders": [{"value": one, "label": str(ORDER_LABELS[one]), "selected": one == order} for one in ORDERS],
        "kept": [(name, value) for name, value in parse_qsl(params.query_string) if name != "order"],
        "exports": {
            form: reverse("auctions:lot_export", args=[form]) + f"?{params.query_string}" for form in ("csv", "xlsx")
        },
    }


def one_line(lot: Lot) -> str:
    """What, for how much, when and by whom in a line, for feeds and digests."""
    parts = [
        lot.get_subject_display(),
        gettext("start price %(amount)s") % {"amount": money(lot.start)},
        gettext("bidding from %(day)s") % {"day": day(lot.session.starts_at)} if lot.session else "",
        lot.seller.display_name,
    ]
    return " · ".join(part for part in parts if part)


def export_header() -> list[str]:
    """The header row of an export."""
    return [str(name) for name in EXPORTED]


def export_row(lot: Lot) -> list:
    """One lot of an export; amounts in yuan, moments in Shanghai with their offset."""
    floor = getattr(lot, "floor", None)
    price = price_of(lot)
    reserve = gettext("has a reserve") if lot.has_reserve else gettext("no reserve")
    moments = [_moment(lot.session.starts_at), _moment(floor.ends_at if floor else lot.session.planned_ends_at)]
    return [
        lot.number, lot.season.code, lot.session.position, lot.title_zh_hans, lot.title_en, lot.get_subject_display(),
        "; ".join(item.patent.display_number for item in lot.items.all()), lot.seller.name,
        lot.seller.city.name if lot.seller.city_id else "", lot.start.yuan, increment_of(lot).yuan,
        deposit_of(lot).yuan, reserve, *moments, "" if price is None else price.yuan, gettext(lot.state_label),
    ]  # fmt: skip


def _moment(value) -> str:
    return value.astimezone(opening.clock.LOCAL).isoformat(timespec="minutes")
