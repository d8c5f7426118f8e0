"""The facets of the catalogue of lots with their counts.

A facet is counted under all other filters but not its own, so that one sees what choosing another value would give.
"""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from auctions.models import Season, Session, Subject
from auctions.queries.catalogue import FACETS, STAGES, Params, asked, chosen
from foundation.core.display import day
from patents.models import PatentKind

COLUMNS = {
    "stage": "state",
    "subject": "subject",
    "kind": "items__patent__kind",
    "city": "seller__city__code",
}
STAGE_OF = {str(state): stage for stage, states in STAGES.items() for state in states}
TITLES = {
    "stage": _("State"),
    "subject": _("What is sold"),
    "kind": _("Kind of patent"),
    "city": _("City of the seller"),
    "session": _("Session"),
}
STAGE_LABELS = {
    "upcoming": _("Open for registration"),
    "live": _("Bidding now"),
    "sold": _("Sold"),
    "unsold": _("Not sold"),
    "withdrawn": _("Withdrawn"),
}
LISTED = 14


def counts(rows: QuerySet, params: Params) -> dict[str, dict[str, int]]:
    """{facet: {value: count}}, one query for each facet."""
    base = asked(rows, params).order_by()
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, column in COLUMNS.items():
        grouped = chosen(base, params, but=name).values_list(column).annotate(n=Count("pk", distinct=True))
        for value, n in grouped:
            key = STAGE_OF.get(value, "") if name == "stage" else value
            if key:
                found[name][key] = found[name].get(key, 0) + n
    sessions = chosen(base, params, but="session").values_list("session__season__code", "session__position")
    for code, position, n in sessions.annotate(n=Count("pk")):
        found["session"][f"{code}-{position}"] = n
    return found


def session_labels(values) -> dict[str, str]:
    """“Session 3, 24 Nov 2026” by value, for the values of a page."""
    codes = {value.partition("-")[0] for value in values}
    rows = Session.objects.filter(season__code__in=codes).select_related("season")
    return {
        f"{row.season.code}-{row.position}": gettext("Session %(n)s, %(day)s")
        % {"n": row.position, "day": day(row.starts_at)}
        for row in rows
    }


def labels(found: dict, params: Params, city_names: dict[str, str]) -> dict[str, dict[str, str]]:
    """What the values of each facet are called."""
    return {
        "stage": {key: str(label) for key, label in STAGE_LABELS.items()},
        "subject": {str(key): str(label) for key, label in Subject.choices},
        "kind": {str(key): str(label) for key, label in PatentKind.choices},
        "city": city_names,
        "session": session_labels({*found["session"], *params.session}),
    }


def drawn(params: Params, found: dict, named: dict) -> list[dict]:
    """The facets as the filter component draws them; chosen values also when nothing is left in them."""
    made = []
    for name in FACETS:
        fixed = list(STAGES) if name == "stage" else None
        values = fixed or sorted(found[name], key=lambda value: (-found[name][value], value))[:LISTED]
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
    made.insert(2, _price(params))
    return made


def _price(params: Params) -> dict:
    return {
        "type": "range",
        "label": gettext("Start price (yuan)"),
        "low_name": "low",
        "low": shown(params.low),
        "high_name": "high",
        "high": shown(params.high),
    }


def shown(fen: int | None) -> str:
    """An amount for an input field, in yuan; empty where there is none."""
    if fen is None:
        return ""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02d}" if rest else str(yuan)


def chips(params: Params, url: str, named: dict) -> list[dict]:
    """What is set, each with the address without it."""
    made = []
    if params.q:
        made.append(("q", "", gettext("contains “%(text)s”") % {"text": params.q}))
    if params.season:
        season = Season.objects.filter(code=params.season).first()
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
