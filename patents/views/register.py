"""The register: list, export, one patent, the own portfolio."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from accounts.rules import can
from foundation.core.clock import database_now
from foundation.jobs import tables
from patents import listing, numbers, presentation, queries, search
from patents.registers import facts_for

MOST_EXPORTED = 50_000
FIRST_PAGES = 500


def page_number(request) -> int:
    """The page asked for, 1 where it is no number."""
    text = request.GET.get("page", "")
    return min(int(text), FIRST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1  # noqa: PLR2004


class CountedPaginator(Paginator):
    """A paginator that was told its count: the facets know it already."""

    def __init__(self, rows, size, count):
        super().__init__(rows, size)
        self.__dict__["count"] = count


class PatentList(View):
    """The public register with search, facets and counts."""

    def get(self, request):
        params = listing.parse(request.GET)
        asked = search.query(params.q)
        visible = queries.patents.visible_to(request.membership)
        rows = listing.filtered(visible, params)
        if asked.number and not params.chosen and (only := rows.first()):
            return redirect(only)
        total, counts = listing.facet_counts(rows)
        found, capped = listing.ordered(rows, params)
        page = CountedPaginator(queries.patents.with_details(found), params.size, total).get_page(page_number(request))
        titles = queries.ipc_titles(listing.SECTIONS)
        context = {
            "params": params,
            "page": page,
            "total": total,
            "capped": capped,
            "facets": listing.facets(params, counts, translation.get_language() or "", titles),
            "orders": [(key, label) for key, label in listing.ORDERS.items() if key != "best" or asked.terms],
            "hidden": {"q": params.q, "order": params.order},
            "chips": presentation.chips(params, reverse("patents:list")),
            "number_verdict": numbers.verdict(params.q) if params.q else None,
        }
        return render(request, "patents/patent_list.html", context)


class ExportPatents(View):
    """CSV or XLSX of exactly what the list shows."""

    def get(self, request, form):
        params = listing.parse(request.GET)
        rows = listing.filtered(queries.patents.visible_to(request.membership), params)
        found, _capped = listing.ordered(rows, params)
        found = queries.patents.with_details(found)[:MOST_EXPORTED]
        header = presentation.export_header()
        lines = (presentation.export_row(patent) for patent in found.iterator(chunk_size=1000))
        if form == "xlsx":
            response = HttpResponse(tables.xlsx_bytes(header, lines), content_type=presentation.XLSX)
        else:
            response = StreamingHttpResponse(tables.csv_lines(header, lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="patents.{form}"'
        return response


class PatentDetail(View):
    """Everything known about one patent, each fact with its source and date."""

    def get(self, request, number):
        asked = search.query(number)
        visible = queries.patents.with_details(queries.patents.visible_to(request.membership))
        patent = visible.filter(number=asked.number).first() if asked.number else None
        if patent is None:
            raise Http404
        if number != patent.number:
            return redirect(patent, permanent=True)
        context = {
            "patent": patent,
            "facts": list(facts_for(patent, database_now()).values()),
            "owners": presentation.owner_rows(patent),
            "rows": presentation.bibliography(patent),
            "legal_events": [presentation.legal_entry(event) for event in patent.legal_events.all()[:50]],
            "history": presentation.history(patent, request.membership),
            "panels": presentation.panels(patent, request.membership),
            "may_keep": can(request.membership, "manage_portfolio")
            and request.membership.organization_id in patent.owner_ids(),
        }
        return render(request, "patents/patent_detail.html", context)


class Portfolio(MemberRequired, View):
    """The own organization's patents: what is declared, what could be."""

    def get(self, request):
        params = listing.parse(request.GET)
        own = request.membership.organization
        only_open = request.GET.get("show") == "undeclared"
        rows = queries.patents.undeclared(own) if only_open else queries.patents.owned_by(own)
        found, _capped = listing.ordered(listing.filtered(rows, params), params)
        page = Paginator(queries.patents.with_details(found), params.size).get_page(page_number(request))
        every, could = queries.patents.owned_by(own).count(), queries.patents.undeclared(own).count()
        here = reverse("patents:portfolio")
        context = {
            "page": page,
            "params": params,
            "only_open": only_open,
            "panels": presentation.portfolio_panels(page.object_list, request.membership),
            "tabs": [
                {"label": gettext("All"), "url": here, "current": not only_open, "count": every},
                {
                    "label": gettext("Could be declared"),
                    "url": f"{here}?show=undeclared",
                    "current": only_open,
                    "count": could,
                },
            ],
            "may_keep": can(request.membership, "manage_portfolio"),
        }
        return render(request, "patents/portfolio.html", context)
