"""The firm's pages: my challenges, beginning one, its task list, checking and submitting."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts import history
from accounts.acting import Act
from approvals.queries import latest_review_of
from challenges.forms.acts import ReasonForm, Token
from challenges.forms.beginning import NewChallengeForm
from challenges.lifecycle import ChallengeState
from challenges.presentation import draft as shown
from challenges.queries import challenges
from challenges.services import bounty, checks, drafting
from challenges.views.pages import Firm
from foundation.core import forms as core_forms
from foundation.core.clock import database_now, local_date

PAGE, HISTORY = 20, 8
TAKEN_BACK_FROM = (ChallengeState.FORMAL_CHECK, ChallengeState.RETURNED)


class MyChallenges(Firm, View):
    """My organization's challenges by state."""

    def get(self, request):
        rows = challenges.of_owner(request.membership).order_by("-updated_at", "-pk")
        group = request.GET.get("group", "")
        chosen = rows.filter(state__in=shown.LISTS[group]) if group in shown.LISTS else rows
        context = {
            "page": Paginator(chosen, PAGE).get_page(request.GET.get("page", "1")[:6]),
            "tabs": shown.tabs(rows, group if group in shown.LISTS else ""),
            "collecting": challenges.collecting().exists(),
        }
        return render(request, "challenges/my_challenges.html", context)


class NewChallenge(Firm, View):
    """A season and a title: enough to begin."""

    def get(self, request):
        initial = {"season": request.GET.get("season", "")[:10]}
        return self.page(request, NewChallengeForm(seasons=challenges.collecting(), initial=initial))

    def post(self, request):
        form = NewChallengeForm(request.POST, seasons=challenges.collecting())
        if form.is_valid():
            data = {name: form.cleaned_data[name] for name in ("season", "title_zh_hans")}
            made = core_forms.run(form, drafting.start_challenge, actor=request.membership, **data)
            if made is not None:
                return redirect("challenges:challenge_task_list", pk=made.pk)
        return self.page(request, form, status=422)

    def page(self, request, form, status=200):
        context = {"form": form, "open": form.fields["season"].queryset.exists()}
        return render(request, "challenges/challenge_new.html", context, status=status)


class TaskList(Firm, View):
    """The parts of a challenge, what is said about it, and what happens after the submission."""

    def get(self, request, pk):
        challenge = self.challenge(request, pk)
        editable = challenge.permits("edit")
        obligation = challenge.obligation if challenge.state == ChallengeState.APPROVED else None
        context = {
            "challenge": challenge,
            "draft": drafting.draft_of(challenge),
            "tasks": shown.tasks(challenge, local_date(database_now())) if editable else {},
            "sections": [] if editable else shown.answers(challenge, change=False),
            "editable": editable,
            "corrections": shown.corrections(challenge),
            "obligation": obligation,
            "first_share": bounty.first_share(challenge) if challenge.bounty else None,
            "history": history.entries(challenge, request.membership, HISTORY),
            "may_discard": challenge.permits("delete") and not challenge.number,
            "may_take_back": challenge.state in TAKEN_BACK_FROM,
            "may_cancel": challenge.state == ChallengeState.APPROVED,
            "is_public": challenge.published_at is not None,
        }
        return render(request, "challenges/challenge_task_list.html", context)


class CheckAnswers(Firm, View):
    """Everything once more, with links that lead back; then the submission."""

    def get(self, request, pk):
        return self.page(request, self.editable(request, pk), Token())

    def post(self, request, pk):
        challenge, form = self.editable(request, pk), Token(request.POST)
        if form.is_valid():
            done = core_forms.run(form, checks.submit, challenge=challenge, actor=request.membership)
            if done is not None:
                return redirect("challenges:challenge_submitted", pk=pk)
        return self.page(request, challenge, form, status=422)

    def page(self, request, challenge, form, status=200):
        context = {
            "challenge": challenge,
            "form": form,
            "sections": shown.answers(challenge),
            "first_share": bounty.first_share(challenge) if challenge.bounty else None,
        }
        return render(request, "challenges/challenge_check.html", context, status=status)


class Submitted(Firm, View):
    """Confirmation: what happens next and by when."""

    def get(self, request, pk):
        challenge = self.challenge(request, pk)
        review = latest_review_of(checks.FORMAL, challenge)
        if review is None:
            raise Http404
        return render(request, "challenges/challenge_submitted.html", {"challenge": challenge, "review": review})


class OwnAct(Firm, Act):
    """An act on an own challenge that is not public yet."""

    key = "pk"
    argument = "challenge"

    def found(self, value):
        return self.challenge(self.request, value)

    def address(self, subject) -> str:
        return reverse("challenges:challenge_task_list", args=[subject.pk])


class TakeBack(OwnAct):
    """Back from the check; the challenge is a draft again."""

    form_class = ReasonForm
    service = staticmethod(checks.take_back)
    title = submit = _("Take the challenge back")
    text = _("It is a draft again. You may submit it again while the season takes challenges.")
    said = _("The challenge is a draft again.")

    def possible(self, subject) -> bool:
        return subject.state in TAKEN_BACK_FROM


class Discard(OwnAct):
    """Throw a draft away, after a question."""

    form_class = Token
    service = staticmethod(drafting.discard)
    title = submit = _("Delete the draft")
    text = _("What you and your colleagues typed is lost.")
    said = _("The draft was thrown away.")
    danger = True

    def possible(self, subject) -> bool:
        return subject.permits("delete") and not subject.number

    def after(self, subject, done):
        return self.go("challenges:my_challenges")
