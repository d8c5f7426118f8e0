"""The public catalogue: what can be asked for, facets with counts that add up, and the address that says it again."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from accounts.models import Kind
from foundation.core import numbering
from foundation.core.money import Money
from licenses.pricing import OFFERED
from patents import asking, search
from patents.models import Ownership, PatentKind

NEWEST = ("-published_at", "-pk")
ORDERING = {
    "newest": NEWEST,
    "cheapest": ("annual_price_fen", "-pk"),
    "dearest": ("-annual_price_fen", "-pk"),
    "life": ("-patent_expiry", "-pk"),
    "number": ("number",),
}
ORDERS = ("best", *ORDERING)
SIZES = (20, 50, 100)
BASES = ("statutory", "platform")
LIVES = ("10", "5", "0")  # remaining years: from ten, five to ten, less
HOLDERS = tuple(kind for kind in Kind.values if kind != Kind.ADMINISTRATION)
METHODS = tuple(str(method) for method in OFFERED)
FACETS = ("method", "basis", "kind", "ipc", "holder_kind", "city", "life")


@dataclass(frozen=True)
class Params(asking.Question):
    """A question to the catalogue. What is not understood is left out, so that every address shows a page.

    ``low`` and ``high`` bound the fixed fee per year in fen.
    """

    q: str = ""
    holder: str = ""
    method: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    holder_kind: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    life: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    order: str = ""
    size: int = SIZES[0]

    @property
    def query_string(self) -> str:
        """The address of this question; `parse` of it gives the question again."""
        pairs = [(name, getattr(self, name)) for name in ("q", "holder", *FACETS)]
        pairs += [(name, _yuan(getattr(self, name))) for name in ("low", "high")]
        pairs += [("order", self.order), ("size", str(self.size) if self.size != SIZES[0] else "")]
        return urlencode([(name, value) for name, value in pairs if value], doseq=True)

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        several = sum(len(getattr(self, name)) for name in FACETS)
        return several + bool(self.holder) + (self.low is not None) + (self.high is not None)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{Money(fen).yuan}"


def _is_city(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) == 6  # noqa: PLR2004, GB/T 2260


def _is_subclass(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code[0] in "ABCDEFGH" and code[1:3].isdigit() and code[3].isupper()  # noqa: PLR2004


def parse(data) -> Params:
    """Read a query string (QueryDict or mapping)."""
    order, size = data.get("order"), str(data.get("size") or "")
    return Params(
        q=asking.text(data, "q"),
        holder=asking.text(data, "holder"),
        method=asking.several(data, "method", METHODS.__contains__),
        basis=asking.several(data, "basis", BASES.__contains__),
        kind=asking.several(data, "kind", PatentKind.values.__contains__),
        ipc=asking.several(data, "ipc", _is_subclass),
        holder_kind=asking.several(data, "holder_kind", HOLDERS.__contains__),
        city=asking.several(data, "city", _is_city),
        life=asking.several(data, "life", LIVES.__contains__),
        low=asking.fen(data, "low"),
        high=asking.fen(data, "high"),
        order=order if isinstance(order, str) and order in ORDERS else "",
        size=int(size) if size in {str(known) for known in SIZES} else SIZES[0],
    )


def asked(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer words, holder and price; the facets are not applied yet."""
    question = search.query(params.q)
    if question.number or question.digits or question.publication:
        rows = question.filter(rows, number="patent__number")
    elif params.q and numbering.is_valid(params.q) and "-" in params.q:
        rows = rows.filter(number=params.q.upper())
    else:
        rows = question.filter(rows)
    if params.holder:
        held = Ownership.objects.filter(until_date__isnull=True, name__istartswith=params.holder)
        words = search.query(params.holder).tsquery
        found = rows.filter(patent_id__in=held.values("patent_id"))
        rows = found | rows.filter(search_vector=words) if words is not None else found
    if params.low is not None:
        rows = rows.filter(annual_price_fen__gte=params.low)
    if params.high is not None:
        rows = rows.filter(annual_price_fen__lte=params.high)
    return rows


def filtered(rows: QuerySet, params: Params, today: date) -> QuerySet:
    """The rows that answer everything, in no order."""
    rows = asked(rows, params)
    columns = {"method": "price_method", "kind": "patent_kind", "ipc": "ipc_subclass", "holder_kind": "holder_kind"}
    for name, column in columns.items():
        if getattr(params, name):
            rows = rows.filter(**{f"{column}__in": getattr(params, name)})
    if params.city:
        rows = rows.filter(city__code__in=params.city)
    if len(params.basis) == 1:
        rows = rows.filter(is_statutory=params.basis[0] == "statutory")
    if params.life:
        kept = rows.none()
        for band in params.life:
            low, high = life_band(band, today)
            part = rows.filter(patent_expiry__gte=low)
            kept = kept | (part.filter(patent_expiry__lt=high) if high else part)
        rows = kept
    return rows


def life_band(band: str, today: date) -> tuple[date, date | None]:
    """(first, first not any more) expiry dates of a band of remaining life."""
    ten, five = today + relativedelta(years=10), today + relativedelta(years=5)
    return {"10": (ten, None), "5": (five, ten), "0": (date.min, five)}[band]


def ordered(rows: QuerySet, params: Params) -> tuple[QuerySet, bool]:
    """(rows in the order asked for, whether only the newest were ranked)."""
    question = search.query(params.q)
    order = params.order or ("best" if question.terms else "newest")
    if order == "best":
        return search.best_first(rows, question, newest=NEWEST)
    return rows.order_by(*ORDERING[order]), False
