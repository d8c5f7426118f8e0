"""The facets of the catalogue with their counts, in one statement.

A facet is counted under all other filters but not its own, so that one sees what choosing another value would give;
the counts of its chosen values (of all values where none is chosen) add up to the number of results.
"""

from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind
from licenses.pricing import METHOD_LABELS, OFFERED
from licenses.queries.catalogue import BASES, FACETS, LIVES, Params, asked, life_band
from patents.models import PatentKind

LISTED = 12  # values shown of a long facet, chosen ones besides
COLUMNS = {
    "method": "d.price_method",
    "basis": "CASE WHEN d.is_statutory THEN 'statutory' ELSE 'platform' END",
    "kind": "d.patent_kind",
    "ipc": "d.ipc_subclass",
    "holder_kind": "d.holder_kind",
    "city": "COALESCE(c.code, '')",
    "life": "CASE WHEN d.patent_expiry >= %s THEN '10' WHEN d.patent_expiry >= %s THEN '5' ELSE '0' END",
}
FOUND = """
WITH found AS MATERIALIZED (
  SELECT {columns} FROM licenses_declaration d JOIN ({rows}) f ON f.id = d.id
  LEFT JOIN accounts_city c ON c.id = d.city_id
)
"""
TITLES = {
    "method": _("Payment method"),
    "basis": _("Legal basis"),
    "kind": _("Kind of patent"),
    "ipc": _("Field (IPC)"),
    "holder_kind": _("Patentee"),
    "city": _("City"),
    "life": _("Remaining life of the patent"),
}
BASIS_LABELS = {"statutory": _("Statutory open license"), "platform": _("Platform offer")}
LIFE_LABELS = {"10": _("10 years and more"), "5": _("5 to 10 years"), "0": _("Less than 5 years")}


def counts(rows: QuerySet, params: Params, today: date) -> tuple[int, dict[str, dict[str, int]]]:
    """(number of results, {facet: {value: count}}) for the catalogue's rows and a question."""
    try:
        inner, values = asked(rows, params).order_by().values("id").query.sql_with_params()
    except EmptyResultSet:  # something was typed, but there is no word in it
        return 0, {name: {} for name in FACETS}
    columns = ", ".join(f"{sql} AS {name}" for name, sql in COLUMNS.items())
    bounds = [life_band("10", today)[0], life_band("5", today)[0]]
    chosen = [name for name in FACETS if getattr(params, name)]
    together = [name for name in FACETS if name not in chosen]
    parts, arguments = [_in_one_pass(together, _condition(params, ""))], [*bounds, *values]
    arguments += _chosen(params, "")
    for name in chosen:
        # names come from FACETS, values are parameters
        where = _condition(params, name)
        parts.append(f"SELECT '{name}', {name}, count(*) FROM found WHERE {where} GROUP BY {name}")  # noqa: S608
        arguments += _chosen(params, name)
    sql = FOUND.format(columns=columns, rows=inner)
    with connection.cursor() as cursor:
        cursor.execute(sql + " UNION ALL ".join(parts), arguments)
        found = cursor.fetchall()
    result: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    total = 0
    for name, value, n in found:
        if not name:
            total = n
        elif value:
            result[name][value] = n
    return total, result


def _in_one_pass(names: list[str], where: str) -> str:
    """The total ("") and the counts of every facet without a chosen value: they share their condition."""
    cases = "".join(f" WHEN GROUPING({name}) = 0 THEN '{name}'" for name in names)
    values = "".join(f" WHEN GROUPING({name}) = 0 THEN {name}" for name in names)
    facet, value = (f"CASE{cases} ELSE '' END", f"CASE{values} ELSE '' END") if names else ("''", "''")
    sets = ", ".join(["()", *(f"({name})" for name in names)])
    return f"SELECT {facet}, {value}, count(*) FROM found WHERE {where} GROUP BY GROUPING SETS ({sets})"  # noqa: S608


def _condition(params: Params, own: str) -> str:
    """All chosen facets but one."""
    names = [name for name in FACETS if name != own and getattr(params, name)]
    return " AND ".join(f"{name} = ANY(%s)" for name in names) or "true"


def _chosen(params: Params, own: str) -> list[list[str]]:
    """The values for `_condition`."""
    return [list(getattr(params, name)) for name in FACETS if name != own and getattr(params, name)]


def drawn(params: Params, found: dict, ipc_titles: dict[str, str], city_names: dict[str, str]) -> list[dict]:
    """The facets as the filter component draws them; chosen values also when nothing is left in them."""
    labels = {
        "method": {str(key): gettext(label) for key, label in METHOD_LABELS.items()},
        "basis": {key: str(label) for key, label in BASIS_LABELS.items()},
        "kind": {key: str(label) for key, label in PatentKind.choices},
        "ipc": {key: f"{key} {ipc_titles.get(key, '')}".strip() for key in {*found["ipc"], *params.ipc}},
        "holder_kind": {key: str(label) for key, label in Kind.choices},
        "city": city_names,
        "life": {key: str(label) for key, label in LIFE_LABELS.items()},
    }
    fixed = {
        "method": [str(m) for m in OFFERED],
        "basis": BASES,
        "life": LIVES,
    }
    made = []
    for name in FACETS:
        values = _values(name, params, found[name], fixed.get(name))
        options = [
            {
                "value": value,
                "label": labels[name].get(value, value),
                "count": found[name].get(value, 0),
                "selected": value in getattr(params, name),
            }
            for value in values
        ]
        if options:
            made.append({"name": name, "label": str(TITLES[name]), "options": options})
    made.insert(1, _price(params))
    made.insert(
        len(made) - 1,
        {"type": "text", "name": "holder", "label": gettext("Name of the patentee"), "value": params.holder},
    )
    return made


def _values(name: str, params: Params, found: dict[str, int], fixed) -> list[str]:
    if fixed:
        return list(fixed)
    by_count = sorted(found, key=lambda value: (-found[value], value))[:LISTED]
    return by_count + [value for value in getattr(params, name) if value not in by_count]


def _price(params: Params) -> dict:
    return {
        "type": "range",
        "label": gettext("Fixed fee per year (yuan)"),
        "low_name": "low",
        "low": _shown(params.low),
        "high_name": "high",
        "high": _shown(params.high),
        "hint": gettext("Lump sum or entry fee, spread over the license term."),
    }


def _shown(fen: int | None) -> str:
    if fen is None:
        return ""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02d}" if rest else str(yuan)


def chips(params: Params, url: str, ipc_titles: dict[str, str], city_names: dict[str, str]) -> list[dict]:
    """What is set, each with the address without it."""
    labels = {
        **{str(key): gettext(label) for key, label in METHOD_LABELS.items()},
        **{key: str(label) for key, label in (*BASIS_LABELS.items(), *LIFE_LABELS.items())},
        **{key: str(label) for key, label in (*PatentKind.choices, *Kind.choices)},
        **city_names,
    }
    made = []
    if params.q:
        made.append(("q", "", gettext("contains “%(text)s”") % {"text": params.q}))
    if params.holder:
        made.append(("holder", "", gettext("patentee “%(text)s”") % {"text": params.holder}))
    for name in FACETS:
        for value in getattr(params, name):
            text = f"{value} {ipc_titles.get(value, '')}".strip() if name == "ipc" else labels.get(value, value)
            made.append((name, value, text))
    if params.low is not None:
        made.append(("low", "", gettext("from ¥%(amount)s a year") % {"amount": _shown(params.low)}))
    if params.high is not None:
        made.append(("high", "", gettext("up to ¥%(amount)s a year") % {"amount": _shown(params.high)}))
    return [{"label": text, "remove_url": _address(url, params.without(name, value))} for name, value, text in made]


def _address(url: str, params: Params) -> str:
    query = params.query_string
    return f"{url}?{query}" if query else url
