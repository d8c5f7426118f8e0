"""Before the publication: an officer asks experts, who promise secrecy and say whether a challenge is real."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges import texts
from challenges.forms.acts import AskOpinionForm, OpinionForm, PromiseForm, ReasonForm
from challenges.lifecycle import IN_CHECK
from challenges.presentation import draft as shown
from challenges.queries import challenges, rooms
from challenges.services import checks
from challenges.services import opinions as acts
from challenges.services import rooms as room_services
from challenges.views.pages import Officer
from challenges.views.rooms import read
from foundation.core import forms as core_forms

SHOWN = 100


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
        opinions = [(one, acts.waits(one)) for one in rows[:SHOWN]]
        return render(request, "challenges/opinion_list.html", {"opinions": opinions})


class OpinionFile(MemberRequired, View):
    """A file of a challenge for the expert who was asked about it."""

    def allowed(self, membership):
        return membership.role == "expert"

    def get(self, request, pk, attachment):
        opinion = get_object_or_404(rooms.opinions_for(request.membership), pk=pk)
        return read(request, get_object_or_404(rooms.attachments_of(opinion.challenge), pk=attachment))


class OfOpinion(Act):
    """An act of the expert who was asked, while an answer is waited for."""

    key, argument = "pk", "opinion"

    def allowed(self, membership):
        return membership.role == "expert"

    def found(self, value):
        opinion = get_object_or_404(rooms.opinions_for(self.request.membership), pk=value)
        if opinion.given_at is None and not acts.waits(opinion):
            raise Http404
        return opinion

    def address(self, subject) -> str:
        return reverse("challenges:opinion_list")

    def after(self, subject, done):
        return self.back(done)


class PromiseOpinion(OfOpinion):
    """No conflict of interest, and the promise to keep secret what one reads; so far only title, firm and field."""

    template = "challenges/opinion_promise.html"
    form_class, service = PromiseForm, staticmethod(acts.promise)
    title, submit = _("Promise of secrecy"), _("Sign the promise")
    said = _("Your answer was recorded.")

    def possible(self, subject) -> bool:
        return subject.promised_at is None

    def address(self, subject) -> str:
        if subject.promised_at is None or subject.declined_at is not None:
            return super().address(subject)
        return reverse("challenges:opinion_give", args=[subject.pk])

    def form(self, subject, *data):
        return PromiseForm(*data, initial={"sha256": texts.promise_sha256()})

    def rows(self, subject):
        return shown.before_the_promise(subject.challenge)

    def page(self, subject, form, status=200, **more):
        pinned = texts.promise_sha256()
        if form.errors:
            form.data = {**form.data.dict(), "sha256": pinned}  # the text that stands there now is the one to be read
        return super().page(subject, form, status, agreement=texts.promise(), sha256=pinned, **more)


class DeclineOpinion(OfOpinion):
    """A conflict of interest, before or while one reads."""

    form_class, service, danger = ReasonForm, staticmethod(acts.decline), True
    title = submit = _("Step back for a conflict")
    text = _("Another expert is asked. You read nothing of the challenge before its publication, and are not drawn for "
             "its panel.")  # fmt: skip
    said = _("You stepped back; the administration asks another expert.")

    def possible(self, subject) -> bool:
        return subject.given_at is None

    def rows(self, subject):
        return shown.before_the_promise(subject.challenge)


class GiveOpinion(OfOpinion):
    """An expert says, once, whether a challenge is real, testable and funded."""

    template = "challenges/opinion_give.html"
    form_class = OpinionForm
    service = staticmethod(checks.give_opinion)
    title = _("Opinion on a challenge")
    submit = _("Give the opinion")
    said = _("Your opinion was given. Thank you.")

    def possible(self, subject) -> bool:
        return subject.given_at is None and subject.promised_at is not None

    def values(self, form, subject):
        return form.values()

    def address(self, subject) -> str:
        if subject.promised_at is None:
            return reverse("challenges:opinion_promise", args=[subject.pk])
        return super().address(subject)

    def page(self, subject, form, status=200, **more):
        if subject.promised_at is None:
            return self.back(subject)  # also for what was sent without having read
        challenge = subject.challenge
        allowed = room_services.readable(challenge, self.request.membership)
        files = [one for one in rooms.attachments_of(challenge) if allowed(one.is_confidential)]
        said = {"challenge": challenge, "sections": shown.answers(challenge, change=False), "files": files}
        return super().page(subject, form, status, **said, **more)
