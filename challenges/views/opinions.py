"""Before the publication: an officer asks experts, and an expert says whether a challenge is real."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges.forms.acts import AskOpinionForm, OpinionForm
from challenges.lifecycle import IN_CHECK
from challenges.presentation import draft as shown
from challenges.queries import challenges, rooms
from challenges.services import checks
from challenges.services import rooms as room_services
from challenges.views.pages import Officer
from challenges.views.rooms import read
from foundation.core import forms as core_forms

SHOWN = 100


def waits(opinion) -> bool:
    """Whether what it was asked about is still in the check, not corrected since."""
    return opinion.challenge.state in IN_CHECK and opinion.round == opinion.challenge.check_round


class Opinions(Officer, View):
    """Everything about a challenge in the check, the opinions so far, and whom to ask."""

    def get(self, request, pk):
        challenge = self.found(request, pk)
        return self.page(request, challenge, self.form(challenge))

    def post(self, request, pk):
        challenge = self.found(request, pk)
        form = self.form(challenge, request.POST)
        if form.is_valid():
            expert = form.cleaned_data["expert"]
            core_forms.run(form, checks.ask_opinion, challenge=challenge, expert=expert, actor=request.membership)
        if form.errors:
            return self.page(request, challenge, form, status=422)
        messages.success(request, gettext("The expert was asked."))
        return redirect("challenges:challenge_opinions", pk=pk)

    def found(self, request, pk):
        """A challenge that is or was in the check."""
        return get_object_or_404(challenges.visible_to(request.membership), pk=pk)

    def form(self, challenge, *data):
        return AskOpinionForm(*data, experts=rooms.experts_to_ask(challenge))

    def page(self, request, challenge, form, status=200):
        context = {
            "challenge": challenge,
            "form": form,
            "asks": challenge.state in IN_CHECK,
            "experts": form.fields["expert"].queryset.exists(),
            "opinions": list(challenge.opinions.select_related("expert__user").order_by("asked_at", "pk")),
            "sections": shown.answers(challenge, change=False),
        }
        return render(request, "challenges/challenge_opinions.html", context, status=status)


class MyOpinions(MemberRequired, View):
    """The challenges an expert was asked about."""

    def allowed(self, membership):
        return membership.role == "expert"

    def get(self, request):
        rows = rooms.opinions_for(request.membership).order_by("given_at", "-asked_at")
        opinions = [(one, waits(one)) for one in rows[:SHOWN]]
        return render(request, "challenges/opinion_list.html", {"opinions": opinions})


class OpinionFile(MemberRequired, View):
    """A file of a challenge for the expert who was asked about it."""

    def allowed(self, membership):
        return membership.role == "expert"

    def get(self, request, pk, attachment):
        opinion = get_object_or_404(rooms.opinions_for(request.membership), pk=pk)
        return read(request, get_object_or_404(rooms.attachments_of(opinion.challenge), pk=attachment))


class GiveOpinion(Act):
    """An expert says, once, whether a challenge is real, testable and funded."""

    template = "challenges/opinion_give.html"
    key = "pk"
    form_class = OpinionForm
    service = staticmethod(checks.give_opinion)
    argument = "opinion"
    title = _("Opinion on a challenge")
    submit = _("Give the opinion")
    said = _("Your opinion was given. Thank you.")

    def allowed(self, membership):
        return membership.role == "expert"

    def found(self, value):
        opinion = get_object_or_404(rooms.opinions_for(self.request.membership), pk=value)
        if opinion.given_at is None and not waits(opinion):
            raise Http404
        return opinion

    def possible(self, subject) -> bool:
        return subject.given_at is None

    def values(self, form, subject):
        return form.values()

    def address(self, subject) -> str:
        return reverse("challenges:opinion_list")

    def page(self, subject, form, status=200, **more):
        challenge = subject.challenge
        allowed = room_services.readable(challenge, self.request.membership)
        files = [one for one in rooms.attachments_of(challenge) if allowed(one.is_confidential)]
        said = {"challenge": challenge, "sections": shown.answers(challenge, change=False), "files": files}
        return super().page(subject, form, status, **said, **more)
