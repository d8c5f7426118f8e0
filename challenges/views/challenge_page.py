"""The public page of one challenge."""

from django.shortcuts import redirect, render
from django.views import View

from challenges.forms.acts import QuestionForm, ReplyForm
from challenges.presentation import challenge as shown
from challenges.views.pages import challenge_or_404


def page(request, challenge, *, question=None, reply=None, replying=None, status=200):
    """The page of a challenge; ``question`` and ``reply`` are bound forms that were refused."""
    context = shown.context(challenge, request.membership)
    context["question_form"] = question or QuestionForm()
    context["reply_form"] = reply or ReplyForm()
    context["replying"] = replying
    context["has_errors"] = status >= 400  # noqa: PLR2004, the title says so
    return render(request, "challenges/challenge_detail.html", context, status=status)


class ChallengeDetail(View):
    """One challenge, for everybody once it is published."""

    def get(self, request, number):
        challenge = challenge_or_404(request, number)
        if number != challenge.number:
            return redirect(challenge, permanent=True)
        return page(request, challenge)
