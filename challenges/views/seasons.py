"""Public pages of list seasons."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views import View

from accounts import history
from challenges.presentation import catalogue as shown_list
from challenges.presentation import seasons as shown
from challenges.queries import catalogue, challenges, seasons
from challenges.rules import is_officer
from challenges.views.pages import page_number

PAGE, HISTORY, SHOWN = 20, 8, 10


class SeasonList(View):
    """The seasons, newest first."""

    def get(self, request):
        rows = seasons.with_counts(challenges.seasons_visible_to(request.membership))
        context = {
            "page": Paginator(rows, PAGE).get_page(page_number(request)),
            "conducts": is_officer(request.membership),
        }
        return render(request, "challenges/season_list.html", context)


class SeasonDetail(View):
    """One season: its stages, rules, challenges, figures and downloads."""

    def get(self, request, code):
        season = get_object_or_404(seasons.season(request.membership, code))
        rows = catalogue.ordered(catalogue.public().filter(season=season), catalogue.Params())
        context = {
            "season": season,
            "steps": shown.steps(season),
            "rules": shown.rules(season),
            "funnel": shown.funnel(season),
            "rows": [shown_list.row_of(one) for one in catalogue.with_details(rows)[:SHOWN]],
            "history": history.entries(season, request.membership, HISTORY),
            "crumbs": shown.crumbs(season),
            "conducts": is_officer(request.membership),
            "collects": season.permits("propose"),
        }
        return render(request, "challenges/season_detail.html", context)


class SeasonReport(View):
    """The funnel of a season against its targets."""

    def get(self, request, code):
        season = get_object_or_404(seasons.season(request.membership, code))
        context = {
            "season": season,
            "funnel": shown.funnel(season),
            "crumbs": shown.crumbs(season, gettext("Funnel and targets")),
        }
        return render(request, "challenges/season_report.html", context)
