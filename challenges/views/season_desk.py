"""The officer's desk: founding and leading list seasons, and what waits in them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from challenges import season_defaults
from challenges.forms.acts import ReasonForm, Token
from challenges.forms.seasons import SeasonForm
from challenges.lifecycle import SEASON
from challenges.models import ListSeason
from challenges.presentation import seasons as shown
from challenges.queries import challenges, seasons
from challenges.services import seasons as services
from challenges.views.pages import Officer
from foundation.core import forms as core_forms


class Conductor(Officer):
    """Officers of the province, and the season of the address."""

    def season(self, request, code) -> ListSeason:
        """A season, drafts included."""
        return get_object_or_404(seasons.season(request.membership, code))


class Desk(Conductor, View):
    """All seasons with what waits in them."""

    def get(self, request):
        rows = seasons.with_counts(challenges.seasons_visible_to(request.membership))
        return render(request, "challenges/desk.html", {"rows": rows})


class NewSeason(Conductor, View):
    """Found a season; the rules are filled with the defaults."""

    def get(self, request):
        fresh = ListSeason(**season_defaults.new_season())
        return self.page(request, SeasonForm(initial=SeasonForm.initial_of(fresh)))

    def post(self, request):
        form = SeasonForm(request.POST)
        if form.is_valid():
            made = core_forms.run(form, services.create_season, actor=request.membership, **form.values())
            if made is not None:
                return redirect("challenges:season_desk", code=made.code)
        return self.page(request, form, status=422)

    def page(self, request, form, status=200):
        context = {"form": form, "title": gettext("Found a list season")}
        return render(request, "challenges/season_form.html", context, status=status)


class EditSeason(Conductor, View):
    """Change a draft."""

    def get(self, request, code):
        season = self.editable(request, code)
        return self.page(request, season, SeasonForm(initial=SeasonForm.initial_of(season)))

    def post(self, request, code):
        season, form = self.editable(request, code), SeasonForm(request.POST)
        if form.is_valid():
            done = core_forms.run(form, services.edit_season, season=season, actor=request.membership, **form.values())
            if done is not None:
                messages.success(request, gettext("The draft was saved."))
                return redirect("challenges:season_desk", code=done.code)
        return self.page(request, season, form, status=422)

    def editable(self, request, code) -> ListSeason:
        """The season while it is a draft; 404 later."""
        season = self.season(request, code)
        if not season.permits("edit_rules"):
            raise Http404
        return season

    def page(self, request, season, form, status=200):
        context = {"form": form, "season": season, "title": season.title}
        return render(request, "challenges/season_form.html", context, status=status)


class SeasonDesk(Conductor, View):
    """One season: its stage and the next one, what waits, the figures."""

    def get(self, request, code):
        season = self.season(request, code)
        context = shown.desk_context(season, request.membership) | {"reason_form": ReasonForm(), "token": Token()}
        return render(request, "challenges/season_desk.html", context)


class Lead(Conductor, View):
    """Take the season one stage on, or cancel it."""

    def post(self, request, code, name):
        season = self.season(request, code)
        if name not in {move.name for move in SEASON.moves}:
            raise Http404
        form = ReasonForm(request.POST) if name == "cancel" else Token(request.POST)
        if form.is_valid():
            reason = form.cleaned_data.get("reason", "")
            done = core_forms.run(
                form, services.lead, season=season, move=name, actor=request.membership, reason=reason
            )
            if done is not None:
                said = gettext("The list season is now: %(state)s") % {"state": gettext(done.state_label)}
                messages.success(request, said)
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("challenges:season_desk", code=season.code)
