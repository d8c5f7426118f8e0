"""What can be taken along: the list as CSV and XLSX, calendars, the feed, the report of a season."""

from django.contrib.syndication.views import Feed
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views import View

from challenges.presentation import calendar
from challenges.presentation import catalogue as shown
from challenges.presentation import seasons as shown_seasons
from challenges.queries import catalogue, seasons
from challenges.views.pages import challenge_or_404, download
from foundation.jobs import tables

MOST_EXPORTED, FEED_ITEMS, CALENDAR_ITEMS = 20_000, 50, 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICS = "text/calendar; charset=utf-8"


class ExportList(View):
    """CSV or XLSX of exactly what the list shows."""

    def get(self, request, form):
        params = catalogue.parse(request.GET)
        found = catalogue.ordered(catalogue.filtered(catalogue.public(), params), params)
        rows = catalogue.with_details(found)[:MOST_EXPORTED]
        header = shown.export_header()
        lines = (shown.export_row(row) for row in rows.iterator(chunk_size=1000))
        if form == "xlsx":
            return download(tables.xlsx_bytes(header, lines), XLSX, "challenges.xlsx")
        response = StreamingHttpResponse(tables.csv_lines(header, lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="challenges.csv"'
        return response


class Calendar(View):
    """The deadlines of a season, or of all seasons, as a calendar to subscribe to."""

    def get(self, request, code=""):
        rows = catalogue.public()
        name, file = gettext("Deadlines of challenges"), "challenges"
        if code:
            season = get_object_or_404(seasons.season(request.membership, code))
            rows, name, file = rows.filter(season=season), season.title, f"challenges-{season.code}"
        newest = catalogue.with_details(rows.order_by("-closes_at", "-pk"))[:CALENDAR_ITEMS]
        return download(calendar.of(newest, name), ICS, f"{file}.ics")


class ChallengeCalendar(View):
    """The deadline of one challenge as a calendar entry."""

    def get(self, request, number):
        challenge = challenge_or_404(request, number)
        return download(calendar.of([challenge], challenge.number), ICS, f"{challenge.number}.ics")


class SeasonReportTable(View):
    """The funnel of a season as XLSX."""

    def get(self, request, code):
        season = get_object_or_404(seasons.season(request.membership, code))
        rows = shown_seasons.report_rows(season)
        content = tables.xlsx_bytes(shown_seasons.report_header(), rows)
        return download(content, XLSX, f"challenges-{season.code}.xlsx")


class ChallengeFeed(Feed):
    """The newest challenges of a question as Atom."""

    feed_type = Atom1Feed
    subtitle = ""
    item_guid_is_permalink = False

    def get_object(self, request):
        return catalogue.parse(request.GET)

    def title(self, params):
        return gettext("Challenges")

    def link(self, params):
        return f"{reverse('challenges:challenge_list')}?{params.query_string}"

    def items(self, params):
        rows = catalogue.filtered(catalogue.public(), params).order_by("-published_at", "-pk")
        return catalogue.with_details(rows)[:FEED_ITEMS]

    def item_title(self, item):
        return f"{item.number} {item.title}"

    def item_description(self, item):
        return shown.one_line(item)

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.state_since

    def item_guid(self, item):
        return f"urn:kaixu:{item.number}"
