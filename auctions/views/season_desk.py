"""The officer's desk: founding and leading seasons, planning sessions, putting lots in, publishing the notice."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from auctions import rules, season_defaults
from auctions.forms.acts import ReasonForm, Token
from auctions.forms.seasons import AssignForm, SeasonForm, SessionForm, WeeksForm
from auctions.lifecycle import SEASON
from auctions.models import Season
from auctions.presentation import desk as shown
from auctions.queries import lots, seasons
from auctions.services import announcing, sessions
from auctions.services import seasons as services
from foundation.core import forms as core_forms

SAID = ("title_zh_hans", "title_en")


class Conductor(MemberRequired):
    """Officers of the province."""

    def allowed(self, membership):
        return rules.is_officer(membership)

    def season(self, request, code) -> Season:
        """A season, drafts included."""
        return get_object_or_404(seasons.season(request.membership, code))

    def session(self, request, code, position):
        """A session, planned or not."""
        return get_object_or_404(seasons.any_session(request.membership, code, position))


def refused(request, form) -> None:
    """Say on the next page what was refused."""
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))


class Desk(Conductor, View):
    """All seasons with what waits in them."""

    def get(self, request):
        rows = seasons.with_counts(lots.seasons_visible_to(request.membership))
        context = {"rows": [shown.season_row(season) for season in rows]}
        return render(request, "auctions/desk.html", context)


class NewSeason(Conductor, View):
    """Found a season; the rules are filled with the defaults."""

    def get(self, request):
        fresh = Season(**season_defaults.new_season())
        return self.page(request, SeasonForm(initial=SeasonForm.initial_of(fresh)))

    def post(self, request):
        form = SeasonForm(request.POST)
        if form.is_valid():
            made = core_forms.run(form, services.create_season, actor=request.membership, **form.values())
            if made is not None:
                return redirect("auctions:season_desk", code=made.code)
        return self.page(request, form, status=422)

    def page(self, request, form, status=200):
        context = {"form": form, "title": gettext("Found a season"), "submit": gettext("Save the draft")}
        return render(request, "auctions/season_form.html", context, status=status)


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
                return redirect("auctions:season_desk", code=done.code)
        return self.page(request, season, form, status=422)

    def editable(self, request, code):
        """The season while it is a draft; 404 later."""
        season = self.season(request, code)
        if not season.permits("edit_rules"):
            raise Http404
        return season

    def page(self, request, season, form, status=200):
        context = {"form": form, "season": season, "title": season.title, "submit": gettext("Save the draft")}
        return render(request, "auctions/season_form.html", context, status=status)


class SeasonDesk(Conductor, View):
    """One season: its stage and the next one, sessions, lots that wait for a session."""

    def get(self, request, code):
        season = self.season(request, code)
        context = shown.season_context(season, request.membership) | {"reason_form": ReasonForm(), "token": Token()}
        return render(request, "auctions/season_desk.html", context)


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
                messages.success(request, gettext("The season is now: %(state)s") % {
                    "state": gettext(done.state_label)})  # fmt: skip
        refused(request, form)
        return redirect("auctions:season_desk", code=season.code)


class PlanSessions(Conductor, View):
    """A weekly plan, or one session with its own dates."""

    def get(self, request, code):
        season = self.season(request, code)
        return self.page(request, season, WeeksForm(), SessionForm())

    def post(self, request, code):
        season, actor = self.season(request, code), request.membership
        weekly = "weeks" in request.POST
        form = WeeksForm(request.POST) if weekly else SessionForm(request.POST)
        if form.is_valid():
            values = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            if weekly:
                core_forms.run(form, sessions.plan_weeks, season=season, actor=actor, **values)
            else:
                core_forms.run(form, sessions.plan_session, season=season, actor=actor, **values)
        if form.errors:
            weeks, single = (form, SessionForm()) if weekly else (WeeksForm(), form)
            return self.page(request, season, weeks, single, status=422)
        return redirect("auctions:season_desk", code=season.code)

    def page(self, request, season, weeks, single, status=200):
        context = {"season": season, "weeks_form": weeks, "form": single}
        context["has_errors"] = status >= 400  # noqa: PLR2004
        return render(request, "auctions/session_new.html", context, status=status)


class SessionDesk(Conductor, View):
    """One session: its dates, its lots and what stands between them and the notice."""

    def get(self, request, code, position):
        return self.page(request, self.session(request, code, position))

    def page(self, request, session, form=None, status=200):
        choice = shown.assignable(session)
        context = shown.session_context(session) | {
            "form": form or AssignForm(lots=choice, initial={"lots": [lot.pk for lot in seasons.lots_of(session)]}),
            "reason_form": ReasonForm(),
            "token": Token(),
        }
        return render(request, "auctions/session_desk.html", context, status=status)


class EditSession(Conductor, View):
    """Move a session whose notice is not published."""

    def get(self, request, code, position):
        session = self.session(request, code, position)
        return self.page(request, session, SessionForm(initial=SessionForm.initial_of(session)))

    def post(self, request, code, position):
        session, form = self.session(request, code, position), SessionForm(request.POST)
        if form.is_valid():
            core_forms.run(form, sessions.edit_session, session=session, actor=request.membership, **form.values())
        if form.errors:
            return self.page(request, session, form, status=422)
        return redirect("auctions:session_desk", code=code, position=position)

    def page(self, request, session, form, status=200):
        context = {"season": session.season, "session": session, "form": form}
        return render(request, "auctions/session_new.html", context, status=status)


class AssignLots(SessionDesk):
    """Which selected lots stand in the session."""

    def get(self, request, code, position):
        self.session(request, code, position)
        return redirect("auctions:session_desk", code=code, position=position)

    def post(self, request, code, position):
        session = self.session(request, code, position)
        form = AssignForm(request.POST, lots=shown.assignable(session))
        if form.is_valid():
            chosen = list(form.cleaned_data["lots"])
            core_forms.run(form, sessions.assign_lots, session=session, lots=chosen, actor=request.membership)
        if form.errors:
            return self.page(request, session, form, status=422)
        return redirect("auctions:session_desk", code=code, position=position)


class PublishNotice(Conductor, View):
    """Publish the notice: all lots of the session are announced."""

    def post(self, request, code, position):
        session, form = self.session(request, code, position), Token(request.POST)
        if form.is_valid():
            done = core_forms.run(form, announcing.publish_notice, session=session, actor=request.membership)
            if done is not None:
                messages.success(request, gettext("The notice is published; registration is open."))
        refused(request, form)
        return redirect("auctions:session_desk", code=code, position=position)


class CancelSession(Conductor, View):
    """Cancel a session that has no announced lots."""

    def post(self, request, code, position):
        session, form = self.session(request, code, position), ReasonForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            core_forms.run(form, sessions.cancel_session, session=session, actor=request.membership, reason=reason)
        refused(request, form)
        return redirect("auctions:session_desk", code=code, position=position)
