"""The panel of a challenge as officers conduct it: the draw and its replay, seats, the end of the scoring."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from accounts.history import entries
from challenges.forms import judging as forms
from challenges.presentation import panel as shown
from challenges.presentation import selecting
from challenges.queries import judging
from challenges.services import panels, scores, seats


class Insider(MemberRequired):
    """The administration of the province and the auditor."""

    def allowed(self, membership):
        return judging.is_insider(membership)


class Panel(Insider, View):
    """Eligibility, draws, seats and their progress; no points before the scoring is closed."""

    template = "challenges/panel_detail.html"

    def get(self, request, number):
        challenge = get_object_or_404(judging.panels_visible_to(request.membership), number=number)
        context = {
            "challenge": challenge,
            "proposals": shown.proposals(challenge),
            "seats": shown.seats(challenge, request.membership),
            "draws": shown.draws(challenge, request.membership),
            "step": shown.next_step(challenge, request.membership),
            "actions": shown.actions(challenge, request.membership),
            "objections": selecting.objections(challenge, request.membership),
            "entries": entries(challenge, request.membership),
        }
        return render(request, self.template, context)


class DrawDetail(Insider, View):
    """One draw, repeated from its seed before the reader's eyes."""

    template = "challenges/draw.html"

    def get(self, request, number, pk):
        found = judging.draws_visible_to(request.membership).filter(challenge__number=number)
        draw = get_object_or_404(found, pk=pk)
        context = {"draw": draw, "challenge": draw.challenge, **shown.replayed(draw)}
        return render(request, self.template, context)


class OfPanel(Act):
    """An officer's act on the panel of a challenge."""

    capability, argument = "review_any_city", "challenge"

    def found(self, value):
        return get_object_or_404(judging.panels_visible_to(self.request.membership), number=value)

    def address(self, subject):
        return reverse("challenges:panel_detail", args=[subject.number])


class DrawPanel(OfPanel):
    """Draw the panel, or the seats that are missing."""

    form_class = forms.Draw
    title, submit = gettext_lazy("Draw the panel"), gettext_lazy("Draw now")
    said = gettext_lazy("The panel was drawn and invited.")

    @property
    def service(self):
        again = self.kwargs["act"] == "again"
        return panels.draw_again if again else panels.draw_panel

    def possible(self, subject):
        return subject.permits("draw")

    def rows(self, subject):
        return shown.rules_of_draw(subject)

    def consequences(self, subject):
        return [
            _("The platform makes a random seed, writes it down and draws by it; anybody can repeat the draw."),
            _("Experts of the firm, of a team, their co-authors and whoever declared a conflict are left out."),
            _("The invitations go out at once."),
        ]


class CloseScoring(OfPanel):
    """No score comes in any more: the ranking stands."""

    form_class, service = forms.Token, staticmethod(scores.close_scoring)
    title, submit = gettext_lazy("Close the scoring"), gettext_lazy("Close the scoring")
    said = gettext_lazy("The scoring is closed; the firm sees the ranking.")

    def possible(self, subject):
        return subject.permits("score")

    def consequences(self, subject):
        return [
            _("At least three experts handed in all their scores, and nobody who accepted still scores."),
            _("The firm and you see the ranking and all scores; the firm goes on with the shortlist."),
        ]


class TakeSeatBack(Act):
    """An officer takes a seat back from an expert who is silent."""

    capability, key, argument = "review_any_city", "pk", "seat"
    form_class, service = forms.TakeBack, staticmethod(seats.decline)
    title, submit = gettext_lazy("Take the seat back"), gettext_lazy("Take the seat back")
    text = gettext_lazy("A reserve is invited; the scores given on this seat do not count.")
    said = gettext_lazy("The seat was taken back.")
    danger = True

    def found(self, value):
        return get_object_or_404(judging.seats_visible_to(self.request.membership), pk=value)

    def possible(self, subject):
        return subject.state in ("invited", "accepted")

    def rows(self, subject):
        return shown.seat_facts(subject)

    def address(self, subject):
        return reverse("challenges:panel_detail", args=[subject.challenge.number])


class OfficeRecuse(TakeSeatBack):
    """The administration found a conflict."""

    form_class, service = forms.Recuse, staticmethod(seats.recuse)
    title, submit = gettext_lazy("A conflict was found"), gettext_lazy("End the seat")
    said = gettext_lazy("The seat ended.")

    def possible(self, subject):
        return subject.state in ("invited", "accepted", "done") and panels.is_scoring(subject.challenge)

    def form_more(self, subject):
        return {"proposals": scores.to_score(subject.challenge)}
