"""Public pages of seasons and sessions."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views import View

from accounts import history
from auctions import rules, wording
from auctions.presentation import catalogue as shown_lots
from auctions.presentation import seasons as shown
from auctions.queries import catalogue, lots, seasons

PAGE, HISTORY = 20, 8


class SeasonList(View):
    """The seasons and what comes next."""

    def get(self, request):
        rows = seasons.with_counts(lots.seasons_visible_to(request.membership))
        next_lots = catalogue.with_details(catalogue.ordered(catalogue.public(), catalogue.Params()))[:5]
        context = {
            "page": Paginator(rows, PAGE).get_page(request.GET.get("page", "1")[:6]),
            "sessions": list(seasons.next_sessions()),
            "rows": [shown_lots.row_of(lot) for lot in next_lots],
            "conducts": rules.is_officer(request.membership),
            "open_for_proposals": lots.collecting().exists(),
        }
        return render(request, "auctions/season_list.html", context)


def season_or_404(request, code):
    """A season the viewer may see."""
    return get_object_or_404(seasons.season(request.membership, code))


class SeasonDetail(View):
    """One season: its stages, rules, sessions and downloads."""

    def get(self, request, code):
        season = season_or_404(request, code)
        conducts = rules.is_officer(request.membership)
        context = {
            "season": season,
            "steps": shown.steps(season),
            "words": wording.of(season),
            "rules": shown.rules(season),
            "conductor": shown.conductor(season),
            "sessions": list(seasons.sessions_of(season, everything=conducts)),
            "turnover": seasons.turnover(season),
            "history": history.entries(season, request.membership, HISTORY),
            "crumbs": shown.crumbs(season),
            "conducts": conducts,
            "may_propose": season.permits("propose"),
        }
        return render(request, "auctions/season_detail.html", context)


class SessionDetail(View):
    """One session: the notice with its dates and lots."""

    def get(self, request, code, position):
        session = get_object_or_404(seasons.session(request.membership, code, position))
        if session.season.state == "draft":
            raise Http404
        context = {
            "session": session,
            "season": session.season,
            "words": wording.of(session.season),
            "dates": shown.dates(session),
            "rows": [shown_lots.row_of(lot) for lot in seasons.lots_of(session)],
            "history": history.entries(session, request.membership, HISTORY),
            "crumbs": shown.crumbs(session.season, gettext("Session %(n)s") % {"n": session.position}),
            "conducts": rules.is_officer(request.membership),
        }
        return render(request, "auctions/session_detail.html", context)
