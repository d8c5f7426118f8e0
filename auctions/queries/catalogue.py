"""A question to the catalogue of lots: read from an address, written back into one, answered by rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict

from auctions.lifecycle import PUBLIC, LotState
from auctions.models import Lot, LotPatent, Subject
from auctions.queries.lots import RELATED
from foundation.core import numbering
from foundation.core.money import Money
from patents import asking, search
from patents.models import Patent, PatentKind

L = LotState
STAGES = {  # what somebody looks for: the states of a lot in four words
    "upcoming": (L.ANNOUNCED, L.REGISTRATION_OPEN),
    "live": (L.LIVE, L.PAUSED),
    "sold": (L.SOLD_PROVISIONAL, L.SOLD, L.SOLD_BY_AGREEMENT),
    "unsold": (L.UNSOLD, L.AFTER_SALE_TALKS, L.RELISTED, L.RETURNED_TO_POOL, L.CONVERTED),
    "withdrawn": (L.WITHDRAWN,),
}
ORDERS = ("soonest", "newest", "cheapest", "dearest", "number")
ORDERING = {
    "newest": ("-session__notice_at", "-pk"),
    "cheapest": ("start_fen", "pk"),
    "dearest": ("-start_fen", "pk"),
    "number": ("number",),
}
FACETS = ("stage", "subject", "kind", "city", "session")
SIZES = (20, 50, 100)
MOST_WORDS = 6


@dataclass(frozen=True)
class Params(asking.Question):
    """A question. What is not understood is left out, so that every address shows a page. ``low``, ``high`` in fen."""

    q: str = ""
    season: str = ""
    stage: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    order: str = ""
    size: int = SIZES[0]

    @property
    def query_string(self) -> str:
        """The address of this question; `parse` of it gives the question again."""
        pairs = [(name, getattr(self, name)) for name in ("q", "season", *FACETS)]
        pairs += [(name, "" if value is None else f"{Money(value).yuan}") for name, value in self._bounds]
        pairs += [("order", self.order), ("size", str(self.size) if self.size != SIZES[0] else "")]
        return urlencode([(name, value) for name, value in pairs if value], doseq=True)

    @property
    def _bounds(self) -> tuple[tuple[str, int | None], ...]:
        return ("low", self.low), ("high", self.high)

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        several = sum(len(getattr(self, name)) for name in FACETS)
        return several + bool(self.season) + (self.low is not None) + (self.high is not None)


def _is_code(value: str) -> bool:
    return value.isascii() and value.isalnum() and len(value) <= 10  # noqa: PLR2004, codes of seasons and cities


def _is_session(value: str) -> bool:
    code, _dash, position = value.partition("-")
    return _is_code(code) and position.isascii() and position.isdigit() and len(position) < 5  # noqa: PLR2004


def parse(data) -> Params:
    """Read a query string (QueryDict or mapping)."""
    order, size, season = data.get("order"), str(data.get("size") or ""), data.get("season") or ""
    return Params(
        q=asking.text(data, "q"),
        season=season if isinstance(season, str) and _is_code(season) else "",
        stage=asking.several(data, "stage", STAGES.__contains__),
        subject=asking.several(data, "subject", Subject.values.__contains__),
        kind=asking.several(data, "kind", PatentKind.values.__contains__),
        city=asking.several(data, "city", _is_code),
        session=asking.several(data, "session", _is_session),
        low=asking.fen(data, "low"),
        high=asking.fen(data, "high"),
        order=order if isinstance(order, str) and order in ORDERS else "",
        size=int(size) if size in {str(known) for known in SIZES} else SIZES[0],
    )


def from_text(query: str) -> Params:
    """The question in a query string."""
    return parse(QueryDict(query))


def public() -> QuerySet[Lot]:
    """What the catalogue holds, the same for everybody."""
    return Lot.objects.filter(state__in=PUBLIC, is_practice=False, session__isnull=False)


def asked(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer words, season and price; the facets are not applied yet."""
    if params.q and "-" in params.q and numbering.is_valid(params.q):
        rows = rows.filter(number=params.q.upper())
    elif params.q:
        in_title = Q()
        for word in params.q.split()[:MOST_WORDS]:
            in_title &= Q(title_zh_hans__icontains=word) | Q(title_en__icontains=word) | Q(number__icontains=word)
        patents = search.query(params.q).filter(Patent.objects.all()).values("pk")
        rows = rows.filter(in_title | Exists(LotPatent.objects.filter(lot=OuterRef("pk"), patent__in=patents)))
    if params.season:
        rows = rows.filter(season__code=params.season)
    if params.low is not None:
        rows = rows.filter(start_fen__gte=params.low)
    if params.high is not None:
        rows = rows.filter(start_fen__lte=params.high)
    return rows


def chosen(rows: QuerySet, params: Params, *, but: str = "") -> QuerySet:
    """The rows that answer the facets, one of them left out where it is named."""
    if params.stage and but != "stage":
        rows = rows.filter(state__in=[state for stage in params.stage for state in STAGES[stage]])
    if params.subject and but != "subject":
        rows = rows.filter(subject__in=params.subject)
    if params.kind and but != "kind":
        kinds = LotPatent.objects.filter(lot=OuterRef("pk"), patent__kind__in=params.kind)
        rows = rows.filter(Exists(kinds))
    if params.city and but != "city":
        rows = rows.filter(seller__city__code__in=params.city)
    if params.session and but != "session":
        wanted = Q()
        for value in params.session:
            code, _dash, position = value.partition("-")
            wanted |= Q(session__season__code=code, session__position=int(position))
        rows = rows.filter(wanted)
    return rows


def filtered(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer everything, in no order."""
    return chosen(asked(rows, params), params)


def ordered(rows: QuerySet, params: Params) -> QuerySet:
    """In the order asked for; by default what runs now, then what comes next, then what has ended."""
    if params.order in ORDERING:
        return rows.order_by(*ORDERING[params.order])
    place = Case(
        When(state__in=STAGES["live"], then=Value(0)),
        When(state__in=STAGES["upcoming"], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    coming = Case(When(state__in=[*STAGES["live"], *STAGES["upcoming"]], then=F("session__starts_at")))
    return rows.annotate(place=place, coming=coming).order_by("place", "coming", "-session__starts_at", "number")


def with_details(rows: QuerySet) -> QuerySet:
    """What a list shows, in two queries whatever the number of rows."""
    return rows.select_related(*RELATED, "session__season").prefetch_related("items__patent")
