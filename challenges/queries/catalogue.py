"""A question to the list: read from an address, written back into one, answered by rows."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left
from django.http import QueryDict

from challenges.lifecycle import PUBLIC, ChallengeState
from challenges.models import Challenge, Mode
from challenges.queries.challenges import RELATED
from foundation.core import numbering
from foundation.core.money import Money
from patents import asking

C = ChallengeState
STAGES = {  # what somebody looks for: the public states in five words
    "open": (C.OPEN,),
    "review": (C.CLOSED_FOR_PROPOSALS, C.REVIEWING, C.SHORTLISTED, C.SELECTED, C.PUBLIC_NOTICE),
    "work": (C.CONTRACTING, C.IN_PROGRESS, C.FINAL_ACCEPTANCE),
    "done": (C.COMPLETED,),
    "ended": (C.NO_PROPOSAL, C.NO_AWARD, C.CANCELLED, C.FAILED, C.TERMINATED),
}
ORDERS = ("soonest", "newest", "dearest", "cheapest", "number")
ORDERING = {
    "newest": ("-published_at", "-pk"),
    "cheapest": ("bounty_fen", "pk"),
    "dearest": ("-bounty_fen", "pk"),
    "number": ("number",),
}
FACETS = ("stage", "field", "ipc", "industry", "city", "mode")
SECTIONS = "ABCDEFGH"
SUBCLASS = re.compile(r"[A-H]\d\d[A-Z]")
SIZES = (20, 50, 100)
MOST_WORDS = 6


@dataclass(frozen=True)
class Params(asking.Question):
    """A question. What is not understood is left out, so that every address shows a page. ``low``, ``high`` in fen."""

    q: str = ""
    season: str = ""
    stage: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    ipc: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    order: str = ""
    size: int = SIZES[0]

    @property
    def query_string(self) -> str:
        """The address of this question; `parse` of it gives the question again."""
        pairs = [(name, getattr(self, name)) for name in ("q", "season", *FACETS)]
        bounds = (("low", self.low), ("high", self.high))
        pairs += [(name, "" if value is None else f"{Money(value).yuan}") for name, value in bounds]
        pairs += [("order", self.order), ("size", str(self.size) if self.size != SIZES[0] else "")]
        return urlencode([(name, value) for name, value in pairs if value], doseq=True)

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        several = sum(len(getattr(self, name)) for name in FACETS)
        return several + bool(self.season) + (self.low is not None) + (self.high is not None)


def _is_code(value: str) -> bool:
    return value.isascii() and value.isalnum() and len(value) <= 10  # noqa: PLR2004, codes of seasons, cities, industries


def parse(data) -> Params:
    """Read a query string (QueryDict or mapping)."""
    order, size, season = data.get("order"), str(data.get("size") or ""), data.get("season") or ""
    return Params(
        q=asking.text(data, "q"),
        season=season if isinstance(season, str) and _is_code(season) else "",
        stage=asking.several(data, "stage", STAGES.__contains__),
        field=asking.several(data, "field", lambda value: len(value) == 1 and value in SECTIONS),
        ipc=asking.several(data, "ipc", lambda value: SUBCLASS.fullmatch(value) is not None),
        industry=asking.several(data, "industry", _is_code),
        city=asking.several(data, "city", _is_code),
        mode=asking.several(data, "mode", Mode.values.__contains__),
        low=asking.fen(data, "low"),
        high=asking.fen(data, "high"),
        order=order if isinstance(order, str) and order in ORDERS else "",
        size=int(size) if size in {str(known) for known in SIZES} else SIZES[0],
    )


def from_text(query: str) -> Params:
    """The question in a query string."""
    return parse(QueryDict(query))


def public() -> QuerySet[Challenge]:
    """What the list holds, the same for everybody, with the subclass and section of the first IPC class."""
    return classified(Challenge.objects.filter(state__in=PUBLIC, published_at__isnull=False))


def classified(rows: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """With the subclass and section of the first IPC class."""
    return rows.annotate(subclass=Left("ipc__0", 4), section=Left("ipc__0", 1))


def asked(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer words, season and bounty; the facets are not applied yet."""
    if params.q and "-" in params.q and numbering.is_valid(params.q):
        rows = rows.filter(number=params.q.upper())
    else:
        for word in params.q.split()[:MOST_WORDS]:
            rows = rows.filter(_has(word))
    if params.season:
        rows = rows.filter(season__code=params.season)
    if params.low is not None:
        rows = rows.filter(bounty_fen__gte=params.low)
    if params.high is not None:
        rows = rows.filter(bounty_fen__lte=params.high)
    return rows


def _has(word: str) -> Q:
    """A word in the title, the problem, the owner's name, the number or the first IPC class."""
    names = ("title_zh_hans", "title_en", "problem_zh_hans", "problem_en", "number", "owner__name", "owner__name_en")
    found = Q(ipc__0__istartswith=word)
    for name in names:
        found |= Q(**{f"{name}__icontains": word})
    return found


def chosen(rows: QuerySet, params: Params, *, but: str = "") -> QuerySet:
    """The rows that answer the facets, one of them left out where it is named."""
    columns = {"field": "section", "ipc": "subclass", "industry": "industry__code", "city": "owner__city__code",
               "mode": "mode"}  # fmt: skip
    if params.stage and but != "stage":
        rows = rows.filter(state__in=[state for stage in params.stage for state in STAGES[stage]])
    for name, column in columns.items():
        if getattr(params, name) and but != name:
            rows = rows.filter(**{f"{column}__in": getattr(params, name)})
    return rows


def filtered(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer everything, in no order."""
    return chosen(asked(rows, params), params)


def ordered(rows: QuerySet, params: Params) -> QuerySet:
    """In the order asked for; by default what closes next, then what was published last."""
    if params.order in ORDERING:
        return rows.order_by(*ORDERING[params.order])
    place = Case(When(state=C.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    coming = Case(When(state=C.OPEN, then=F("closes_at")))
    return rows.annotate(place=place, coming=coming).order_by("place", "coming", "-published_at", "number")


def with_details(rows: QuerySet) -> QuerySet:
    """What a list shows, in one query whatever the number of rows."""
    return rows.select_related(*RELATED)
