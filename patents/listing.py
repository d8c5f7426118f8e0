"""The public list: what can be asked for, facets with counts, and the address that says it again."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patents import search
from patents.models import LegalStatus, Ownership, PatentKind
from patents.queries import NEWEST

SECTIONS = tuple("ABCDEFGH")
ORDERS = {
    "best": _("Best match"),
    "newest": _("Grant date, newest first"),
    "oldest": _("Grant date, oldest first"),
    "expiry": _("Longest remaining life"),
    "number": _("Patent number"),
}
ORDERING = {"newest": NEWEST, "oldest": ("grant_date", "pk"), "expiry": ("-expiry_date", "-pk"), "number": ("number",)}
SIZES = (20, 50, 100)
LONGEST = 200
FACETED_UP_TO = 20_000
FACETS = ("kind", "section", "city", "status")


@dataclass(frozen=True)
class Params:
    """A question to the list. What is not understood is left out, so that every address shows a page."""

    q: str = ""
    holder: str = ""
    kind: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    order: str = ""
    size: int = SIZES[0]

    @property
    def query_string(self) -> str:
        """The address of this question; `parse` of it gives the question again."""
        pairs = [(name, getattr(self, name)) for name in ("q", "holder", *FACETS, "order")]
        if self.size != SIZES[0]:
            pairs.append(("size", str(self.size)))
        return urlencode([(name, value) for name, value in pairs if value], doseq=True)

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        return sum(len(getattr(self, name)) for name in FACETS) + bool(self.holder)


def _text(data, name: str) -> str:
    value = data.get(name) or ""
    return " ".join(search.normalize(value).split())[:LONGEST] if isinstance(value, str) else ""


def _several(data, name: str, allowed) -> tuple[str, ...]:
    sent = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
    sent = [sent] if isinstance(sent, str) else sent
    return tuple(sorted({value for value in sent[:50] if isinstance(value, str) and value in allowed}))


class _CityCodes:
    def __contains__(self, code: str) -> bool:
        return code.isascii() and code.isdigit() and len(code) == 6  # noqa: PLR2004, GB/T 2260


def parse(data) -> Params:
    """Read a query string (QueryDict or mapping)."""
    order, size = data.get("order"), str(data.get("size") or "")
    return Params(
        q=_text(data, "q"),
        holder=_text(data, "holder"),
        kind=_several(data, "kind", set(PatentKind.values)),
        section=_several(data, "section", set(SECTIONS)),
        city=_several(data, "city", _CityCodes()),
        status=_several(data, "status", set(LegalStatus.values)),
        order=order if order in ORDERS else "",
        size=int(size) if size in {str(known) for known in SIZES} else SIZES[0],
    )


def filtered(rows: QuerySet, params: Params) -> QuerySet:
    """The rows that answer, in no order."""
    rows = search.query(params.q).filter(rows)
    if params.kind:
        rows = rows.filter(kind__in=params.kind)
    if params.status:
        rows = rows.filter(legal_status__in=params.status)
    if params.section:
        rows = rows.filter(main_ipc_subclass__regex=f"^[{''.join(params.section)}]")
    if params.city:
        rows = rows.filter(city__code__in=params.city)
    if params.holder:
        held = Ownership.objects.filter(until_date__isnull=True, name__istartswith=params.holder)
        asked = search.query(params.holder).tsquery
        rows = rows.filter(Q(pk__in=held.values("patent_id")) | (Q(search_vector=asked) if asked else Q()))
    return rows


def ordered(rows: QuerySet, params: Params) -> tuple[QuerySet, bool]:
    """(rows in the order asked for, whether only the newest were ranked)."""
    asked = search.query(params.q)
    order = params.order or ("best" if asked.terms else "newest")
    if order == "best":
        return search.best_first(rows, asked, newest=NEWEST)
    return rows.order_by(*ORDERING[order]), False


FACET_SQL = """
WITH found AS MATERIALIZED (
  SELECT p.kind, left(p.main_ipc_subclass, 1) AS section, p.city_id, p.legal_status
  FROM patents_patent p JOIN ({rows}) f ON f.id = p.id
)
SELECT CASE GROUPING(found.kind, section, found.city_id, legal_status)
         WHEN 7 THEN 'kind' WHEN 11 THEN 'section' WHEN 13 THEN 'city' WHEN 14 THEN 'status' ELSE 'all' END,
       COALESCE(found.kind, section, c.code, legal_status), COALESCE(c.name_zh, ''), COALESCE(c.name_en, ''), count(*)
FROM found LEFT JOIN accounts_city c ON c.id = found.city_id
GROUP BY GROUPING SETS ((found.kind), (section), (found.city_id, c.code, c.name_zh, c.name_en), (legal_status), ())
"""


def facet_counts(rows: QuerySet) -> tuple[int, dict[str, list[tuple[str, str, str, int]]]]:
    """(number of rows, {facet: [(value, Chinese, English, count)]}) in one statement, over the newest where there are many."""  # noqa: E501
    inner = rows.order_by(*NEWEST).values("id")[:FACETED_UP_TO]
    counts: dict[str, list[tuple[str, str, str, int]]] = {name: [] for name in FACETS}
    try:
        sql, values = inner.query.sql_with_params()
    except EmptyResultSet:  # a question without a word in it
        return 0, counts
    with connection.cursor() as cursor:
        cursor.execute(FACET_SQL.format(rows=sql), values)
        found = cursor.fetchall()
    total = 0
    for name, value, chinese, english, count in found:
        if name == "all":
            total = count
        elif value:
            counts[name].append((value, chinese, english, count))
    return total, counts


def facets(params: Params, counts: dict, language: str, ipc_titles: dict[str, str]) -> list[dict]:
    """The facets as the filter component draws them, chosen ones also when nothing is left in them."""
    labels = {
        "kind": {value: str(label) for value, label in PatentKind.choices},
        "status": {value: str(label) for value, label in LegalStatus.choices},
        "section": {section: f"{section} {ipc_titles.get(section, '')}".strip() for section in SECTIONS},
        "city": {value: (zh if language.startswith("zh") else en or zh) for value, zh, en, _n in counts["city"]},
    }
    titles = {"kind": _("Patent kind"), "section": _("IPC section"), "city": _("City"), "status": _("Legal status")}
    drawn = [{"type": "text", "name": "holder", "label": gettext("Patentee"), "value": params.holder}]
    for name in FACETS:
        numbers = {value: count for value, _zh, _en, count in counts[name]}
        values = sorted({*numbers, *getattr(params, name)}, key=lambda value: (-numbers.get(value, 0), value))
        options = [
            {
                "value": value,
                "label": labels[name].get(value, value),
                "count": numbers.get(value, 0),
                "selected": value in getattr(params, name),
            }
            for value in values
        ]
        if options:
            drawn.append({"name": name, "label": str(titles[name]), "options": options})
    return drawn
