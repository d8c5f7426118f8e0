"""The facets of the list with their counts, each counted under all other filters but not its own."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import queries as accounts
from challenges.models import ListSeason, Mode
from challenges.queries.catalogue import FACETS, STAGES, Params, asked, chosen
from foundation.core.money import Money

COLUMNS = {"stage": "state", "field": "section", "ipc": "subclass", "industry": "industry__code",
           "city": "owner__city__code", "mode": "mode"}  # fmt: skip
STAGE_OF = {str(state): stage for stage, states in STAGES.items() for state in states}
TITLES = {
    "stage": _("State"),
    "field": _("Field of technology"),
    "ipc": _("IPC subclass"),
    "industry": _("Industry"),
    "city": _("City of the firm"),
    "mode": _("Cooperation"),
}
STAGE_LABELS = {
    "open": _("Open for proposals"),
    "review": _("In review"),
    "work": _("Being worked on"),
    "done": _("Completed"),
    "ended": _("Ended without a result"),
}
FIELDS = {  # the sections of the International Patent Classification
    "A": _("Human necessities"),
    "B": _("Operations and transport"),
    "C": _("Chemistry and metallurgy"),
    "D": _("Textiles and paper"),
    "E": _("Construction"),
    "F": _("Mechanical engineering"),
    "G": _("Physics"),
    "H": _("Electricity"),
}
LISTED = 14


def counts(rows: QuerySet, params: Params) -> dict[str, dict[str, int]]:
    """{facet: {value: count}}, one query for each facet."""
    base = asked(rows, params).order_by()
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, column in COLUMNS.items():
        grouped = chosen(base, params, but=name).values_list(column).annotate(n=Count("pk"))
        for value, n in grouped:
            key = STAGE_OF.get(value, "") if name == "stage" else value
            if key:
                found[name][key] = found[name].get(key, 0) + n
    return found


def labels(found: dict, params: Params) -> dict[str, dict[str, str]]:
    """What the values of each facet are called."""
    wanted = {*found["industry"], *params.industry}
    return {
        "stage": {key: str(label) for key, label in STAGE_LABELS.items()},
        "field": {key: f"{key} {label}" for key, label in FIELDS.items()},
        "ipc": {},
        "industry": {one.code: one.name for one in accounts.industries().filter(code__in=wanted)} if wanted else {},
        "city": {city.code: city.name for city in accounts.cities()},
        "mode": {str(key): str(label) for key, label in Mode.choices},
    }


def drawn(params: Params, found: dict, named: dict) -> list[dict]:
    """The facets as the filter component draws them; chosen values also when nothing is left in them."""
    made = []
    for name in FACETS:
        values = list(STAGES) if name == "stage" else _most(found[name])
        values = [*values, *(value for value in getattr(params, name) if value not in values)]
        options = [
            {
                "value": value,
                "label": named[name].get(value, value),
                "count": found[name].get(value, 0),
                "selected": value in getattr(params, name),
            }
            for value in values
        ]
        if options:
            made.append({"name": name, "label": str(TITLES[name]), "options": options})
    made.insert(1, _bounty(params))
    return made


def _most(found: dict[str, int]) -> list[str]:
    return sorted(found, key=lambda value: (-found[value], value))[:LISTED]


def _bounty(params: Params) -> dict:
    return {
        "type": "range",
        "label": gettext("Bounty (yuan)"),
        "low_name": "low",
        "low": shown(params.low),
        "high_name": "high",
        "high": shown(params.high),
    }


def shown(fen: int | None) -> str:
    """An amount for an input field, in yuan; empty where there is none."""
    return "" if fen is None else f"{Money(fen).yuan:f}".removesuffix(".00")


def chips(params: Params, url: str, named: dict) -> list[dict]:
    """What is set, each with the address without it."""
    made = []
    if params.q:
        made.append(("q", "", gettext("contains “%(text)s”") % {"text": params.q}))
    if params.season:
        season = ListSeason.objects.filter(code=params.season).first()
        made.append(("season", "", season.title if season else params.season))
    for name in FACETS:
        made += [(name, value, named[name].get(value, value)) for value in getattr(params, name)]
    if params.low is not None:
        made.append(("low", "", gettext("from ¥%(amount)s") % {"amount": shown(params.low)}))
    if params.high is not None:
        made.append(("high", "", gettext("up to ¥%(amount)s") % {"amount": shown(params.high)}))
    return [{"label": text, "remove_url": _address(url, params.without(name, value))} for name, value, text in made]


def _address(url: str, params: Params) -> str:
    query = params.query_string
    return f"{url}?{query}" if query else url
