"""How the catalogue is shown: rows, facets, chips, export."""

from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.queries import cities
from foundation.core import handlers
from foundation.core.clock import local_date
from licenses.presentation.declarations import price_of, term_short, years_left
from licenses.queries import facets
from licenses.queries.catalogue import ORDERS, Params
from licenses.services.review_facts import price_text
from patents.queries import ipc_titles

ORDER_LABELS = {
    "best": _("Best match"),
    "newest": _("Newest first"),
    "cheapest": _("Lowest fee per year"),
    "dearest": _("Highest fee per year"),
    "life": _("Longest remaining life"),
    "number": _("Declaration number"),
}
EXPORTED = (
    _("Declaration number"), _("Patent number"), _("Title (Chinese)"), _("Title (English)"), _("Kind of patent"),
    _("IPC"), _("Patentee"), _("City"), _("Payment method"), _("Lump sum (yuan)"), _("Entry fee (yuan)"), _("Royalty"),
    _("Fixed fee per year (yuan)"), _("License term"), _("Offer open until"), _("Legal basis"), _("Published"),
    _("Last day of term"), _("State"),
)  # fmt: skip
FULL_LIFE = 20


def city_names() -> dict[str, str]:
    """Names of the cities by code, in the language of the page."""
    return {city.code: city.name for city in cities()}


def counts_of(rows) -> dict[int, int]:
    """How many organizations took a license under each declaration."""
    keys = [row.pk for row in rows]
    return handlers.call("license.counts", declaration_ids=keys) if keys and handlers.has("license.counts") else {}


def page_context(page, params: Params, counts: dict, today) -> dict:
    """Everything the list shows besides the bars."""
    titles = ipc_titles({*counts["ipc"], *params.ipc})
    names = city_names()
    url = reverse("licenses:catalogue")
    taken = counts_of(page.object_list)
    return {
        "page": page,
        "rows": [row_of(row, taken.get(row.pk, 0), today) for row in page],
        "facets": facets.drawn(params, counts, titles, names),
        "chips": facets.chips(params, url, titles, names),
        "clear_url": url,
        "hidden": {"q": params.q, "order": params.order},
        "orders": [
            {"value": order, "label": str(ORDER_LABELS[order]), "selected": order == params.order}
            for order in ORDERS
            if order != "best" or params.q
        ],
        "kept": _kept(params),
        "exports": {
            form: reverse("licenses:catalogue_export", args=[form]) + f"?{params.query_string}"
            for form in ("csv", "xlsx")
        },
    }


def _kept(params: Params) -> list[tuple[str, str]]:
    """What the form of the order has to send along."""
    return [(name, value) for name, value in parse_qsl(params.query_string) if name != "order"]


def row_of(declaration, licensees: int, today) -> dict:
    """One row."""
    left_text, left = years_left(declaration.patent.expiry_date, today)
    patent = declaration.patent
    english = (get_language() or "").startswith("en")
    return {
        "declaration": declaration,
        "patent": patent,
        "holder": declaration.patentee.display_name,
        "price": price_of(declaration),
        "term": term_short(declaration.current_terms),
        "licensees": licensees,
        "left_text": left_text,
        "left": f"{left}",
        "full": FULL_LIFE,
        "foreign_title": english and patent.title_language != "en",
    }


def one_line(declaration) -> str:
    """Price, term and holder in a line, for feeds and digests."""
    parts = [
        price_text(declaration.current_terms),
        term_short(declaration.current_terms),
        declaration.patentee.display_name,
    ]
    return " · ".join(parts)


def export_header() -> list[str]:
    """The header row of an export."""
    return [str(name) for name in EXPORTED]


def export_row(declaration) -> list:
    """One declaration of an export; amounts in yuan, rates in percent."""
    patent, terms = declaration.patent, declaration.current_terms
    basis = gettext("Statutory open license") if declaration.is_statutory else gettext("Platform offer")
    return [
        declaration.number, patent.display_number, patent.title_zh_hans, patent.title_en, patent.get_kind_display(),
        "; ".join(patent.ipc), declaration.patentee.name, declaration.city.name if declaration.city_id else "",
        terms.get_method_display(), terms.lump_sum.yuan if terms.lump_sum_fen else "",
        terms.entry_fee.yuan if terms.entry_fee_fen else "", f"{terms.royalty_bp / 100:g}%" if terms.royalty_bp else "",
        declaration.annual_price.yuan, term_short(terms), terms.offer_until, basis,
        local_date(declaration.published_at), patent.expiry_date, gettext(declaration.state_label),
    ]  # fmt: skip
