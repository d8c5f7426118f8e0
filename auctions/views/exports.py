"""What can be taken along: the catalogue as CSV, XLSX and PDF, calendars, the feed of new lots."""

from django.contrib.syndication.views import Feed
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views import View

from auctions.lifecycle import PUBLIC
from auctions.presentation import calendar, catalogue_pdf
from auctions.presentation import catalogue as shown
from auctions.queries import catalogue, lots, seasons
from foundation.core.clock import database_now
from foundation.jobs import tables

MOST_EXPORTED, FEED_ITEMS = 20_000, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content, content_type: str, name: str) -> HttpResponse:
    """A file with its name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class ExportLots(View):
    """CSV or XLSX of exactly what the list shows."""

    def get(self, request, form):
        params = catalogue.parse(request.GET)
        found = catalogue.ordered(catalogue.filtered(catalogue.public(), params), params)
        rows = catalogue.with_details(found)[:MOST_EXPORTED]
        header = shown.export_header()
        lines = (shown.export_row(row) for row in rows.iterator(chunk_size=1000))
        if form == "xlsx":
            return download(tables.xlsx_bytes(header, lines), XLSX, "lots.xlsx")
        response = StreamingHttpResponse(tables.csv_lines(header, lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="lots.csv"'
        return response


class CataloguePdf(View):
    """The printed catalogue of a season."""

    def get(self, request, code):
        season = get_object_or_404(seasons.season(request.membership, code))
        rows = catalogue.with_details(catalogue.public().filter(season=season).order_by("number"))
        pdf = catalogue_pdf.render(season, rows, database_now())
        return download(pdf, "application/pdf", f"catalogue-{season.code}.pdf")


class Calendar(View):
    """The sessions of a season, or of all seasons, as a calendar to subscribe to."""

    def get(self, request, code=""):
        season = get_object_or_404(seasons.season(request.membership, code)) if code else None
        name = season.title if season else gettext("Auction sessions")
        content = calendar.of_sessions(seasons.published_sessions(season), name)
        return download(content, "text/calendar; charset=utf-8", f"sessions{'-' + season.code if season else ''}.ics")


class LotCalendar(View):
    """The bidding on one announced lot as a calendar entry."""

    def get(self, request, number):
        visible = lots.visible_to(request.membership).filter(state__in=PUBLIC, session__isnull=False)
        lot = get_object_or_404(visible, number=number.upper())
        return download(calendar.of_lot(lot), "text/calendar; charset=utf-8", f"{lot.number}.ics")


class LotFeed(Feed):
    """The newest lots of a question as Atom."""

    feed_type = Atom1Feed
    subtitle = ""
    item_guid_is_permalink = False

    def get_object(self, request):
        return catalogue.parse(request.GET)

    def title(self, params):
        return gettext("Lots: %(search)s") % {"search": params.q or gettext("all")}

    def link(self, params):
        return f"{reverse('auctions:lot_list')}?{params.query_string}"

    def items(self, params):
        rows = catalogue.filtered(catalogue.public(), params).order_by("-session__notice_at", "-pk")
        return catalogue.with_details(rows)[:FEED_ITEMS]

    def item_title(self, item):
        return f"{item.number} {item.title}"

    def item_description(self, item):
        return shown.one_line(item)

    def item_pubdate(self, item):
        return item.session.notice_at

    def item_updateddate(self, item):
        return item.state_since

    def item_guid(self, item):
        return f"urn:kaixu:{item.number}"
