"""The firm chooses: ranking, feedback, talks, shortlist, selection."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges.forms import selecting as forms
from challenges.presentation import selecting as shown
from challenges.queries import judging
from challenges.services import selecting, talks


class SelectionDesk(MemberRequired, View):
    """The hub of the firm's decisions about one challenge."""

    capability = "take_license"
    template = "challenges/selection_desk.html"

    def get(self, request, number):
        challenge = get_object_or_404(judging.selecting(request.membership), number=number)
        rows = shown.candidates(challenge)
        context = {
            "challenge": challenge,
            "rows": rows,
            "step": shown.next_step(challenge, rows),
            "actions": shown.actions(challenge, rows),
            "noted": {"talks": judging.talks_visible_to(request.membership).filter(proposal__challenge=challenge)},
            "objections": shown.objections(challenge, request.membership),
        }
        return render(request, self.template, context)


class OfChallenge(Act):
    """An act of the firm on its challenge."""

    capability, argument = "take_license", "challenge"

    def found(self, value):
        return get_object_or_404(judging.selecting(self.request.membership), number=value)

    def address(self, subject):
        return reverse("challenges:selection_desk", args=[subject.number])


class EditShortlist(OfChallenge):
    """Who is on the shortlist."""

    form_class, service = forms.Shortlist, staticmethod(selecting.shortlist)
    title, submit = gettext_lazy("Shortlist"), gettext_lazy("Publish the shortlist")
    said = gettext_lazy("The shortlist was published.")

    def possible(self, subject):
        return subject.state == "reviewing" and bool(shown.candidates(subject, "scored"))

    def form_more(self, subject):
        return {"rows": shown.candidates(subject, "scored")}

    def values(self, form, subject):
        return {"numbers": form.cleaned_data["proposals"], "reason": form.cleaned_data["reason"]}

    def consequences(self, subject):
        return [_("Every team that is not on the shortlist is rejected at once and reads your feedback.")]


class EditSelection(OfChallenge):
    """Winners, reserves, amounts."""

    form_class, service = forms.Selection, staticmethod(selecting.select)
    title, submit = gettext_lazy("Select the winners"), gettext_lazy("Select")
    said = gettext_lazy("The winners are selected. An officer gives public notice.")

    def possible(self, subject):
        return subject.state == "shortlisted"

    def form_more(self, subject):
        return {"rows": shown.candidates(subject, "shortlisted")}

    def values(self, form, subject):
        return form.chosen()

    def rows(self, subject):
        return [
            {"label": _("Bounty"), "value": str(subject.bounty)},
            {"label": _("Winners at most"), "value": str(subject.most_winners)},
        ]

    def consequences(self, subject):
        sentences = [_("Who is neither winner nor in reserve is rejected and reads your feedback.")]
        if subject.most_winners > 1 and subject.gate_milestone:
            race = _("Several winners run in parallel up to milestone %(n)d; there you choose who goes on.")
            sentences.append(race % {"n": subject.gate_milestone})
        return sentences


class OfProposal(Act):
    """An act of the firm on a proposal for its challenge."""

    capability, argument = "take_license", "proposal"

    def found(self, value):
        return get_object_or_404(judging.judged_by(self.request.membership), number=value)

    def address(self, subject):
        return reverse("challenges:selection_desk", args=[subject.challenge.number])


class WriteFeedback(OfProposal):
    """What a team reads when it is not chosen."""

    form_class, service = forms.GiveFeedback, staticmethod(selecting.give_feedback)
    title, submit = gettext_lazy("Feedback"), gettext_lazy("Save the feedback")
    said = gettext_lazy("The feedback was saved.")

    def possible(self, subject):
        return subject.state in selecting.FEEDBACK

    def form_more(self, subject):
        return {"initial": {"text": shown.feedback_of(subject)}}

    def rows(self, subject):
        return [{"label": _("Team"), "value": subject.organization.display_name}]


class NoteTalk(OfProposal):
    """A talk or a visit."""

    form_class, service = forms.Talk, staticmethod(talks.note)
    title, submit = gettext_lazy("Talk or site visit"), gettext_lazy("Note it")
    said = gettext_lazy("It was noted.")
    text = gettext_lazy("The team learns day and kind, not what you write.")

    def possible(self, subject):
        return subject.permits("talk") and subject.challenge.permits("talk")

    def rows(self, subject):
        return [{"label": _("Team"), "value": subject.organization.display_name}]
