"""The public catalogue of open licenses, its export and feed, and the page of one declaration."""

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views import View

from foundation.core.clock import database_now, local_date
from foundation.core.numbering import is_valid
from foundation.jobs import tables
from licenses.presentation import catalogue as shown
from licenses.presentation import detail
from licenses.queries import catalogue, declarations, facets

MOST_EXPORTED = 20_000
LAST_PAGE = 500
FEED_ITEMS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Counted(Paginator):
    """A paginator that was told its count: the facets know it already."""

    def __init__(self, rows, size, count):
        super().__init__(rows, size)
        self.__dict__["count"] = count


def page_number(request) -> int:
    """The page asked for, 1 where it is no number."""
    text = request.GET.get("page", "")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1  # noqa: PLR2004


class Catalogue(View):
    """Search, facets with counts, sort; the address says it all."""

    def get(self, request):
        params = catalogue.parse(request.GET)
        if not params.chosen and "-" in params.q and is_valid(params.q):
            only = declarations.public().filter(number=params.q.upper()).first()
            if only is not None:
                return redirect(only)
        today = local_date(database_now())
        visible = declarations.open_offers()
        total, counts = facets.counts(visible, params, today)
        found, capped = catalogue.ordered(catalogue.filtered(visible, params, today), params)
        page = Counted(declarations.with_details(found), params.size, total).get_page(page_number(request))
        context = shown.page_context(page, params, counts, today) | {
            "total": total,
            "suspended": catalogue.filtered(visible.filter(suspended_at__isnull=False), params, today).count(),
            "capped": capped,
            "params": params,
            "feed_url": f"{reverse('licenses:catalogue_feed')}?{params.query_string}",
            "save_url": reverse("notifications:save_search"),
        }
        return render(request, "licenses/catalogue.html", context)


class ExportCatalogue(View):
    """CSV or XLSX of exactly what the list shows."""

    def get(self, request, form):
        params = catalogue.parse(request.GET)
        today = local_date(database_now())
        found, _capped = catalogue.ordered(catalogue.filtered(declarations.open_offers(), params, today), params)
        rows = declarations.with_details(found)[:MOST_EXPORTED]
        header = shown.export_header()
        lines = (shown.export_row(row) for row in rows.iterator(chunk_size=1000))
        if form == "xlsx":
            response = HttpResponse(tables.xlsx_bytes(header, lines), content_type=XLSX)
        else:
            response = StreamingHttpResponse(tables.csv_lines(header, lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="open-licenses.{form}"'
        return response


class CatalogueFeed(Feed):
    """The newest offers of a question as Atom."""

    feed_type = Atom1Feed

    def get_object(self, request):
        return catalogue.parse(request.GET)

    def title(self, params):
        return gettext("Open licenses: %(search)s") % {"search": params.q or gettext("all")}

    def link(self, params):
        return f"{reverse('licenses:catalogue')}?{params.query_string}"

    subtitle = ""

    def items(self, params):
        today = local_date(database_now())
        rows = catalogue.filtered(declarations.open_offers(), params, today).order_by(*catalogue.NEWEST)
        return declarations.with_details(rows)[:FEED_ITEMS]

    def item_title(self, item):
        return item.patent.title

    def item_description(self, item):
        return shown.one_line(item)

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.updated_at

    def item_guid(self, item):
        return f"urn:kaixu:{item.number}"

    item_guid_is_permalink = False


class DeclarationDetail(View):
    """What is offered, why one may rely on it, and the decision."""

    def get(self, request, number):
        visible = declarations.for_detail(declarations.visible_to(request.membership))
        declaration = get_object_or_404(visible.filter(published_at__isnull=False), number=number.upper())
        if number != declaration.number:
            return redirect(declaration, permanent=True)
        context = detail.context(declaration, request.membership, local_date(database_now()))
        return render(request, "licenses/catalogue_detail.html", context)


class DeclarationHistory(View):
    """Everything that happened, for this reader."""

    def get(self, request, number):
        visible = declarations.for_detail(declarations.visible_to(request.membership))
        declaration = get_object_or_404(visible.filter(published_at__isnull=False), number=number)
        context = {"declaration": declaration, "entries": detail.history(declaration, request.membership, limit=500)}
        return render(request, "licenses/catalogue_history.html", context)
