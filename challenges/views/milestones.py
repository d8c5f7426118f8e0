"""Milestones: the page of the two parties, and what they do there."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from accounts.history import entries
from challenges import papers
from challenges.forms import contracts as reasons
from challenges.forms import milestones as forms
from challenges.presentation import milestones as shown
from challenges.queries import contracts
from challenges.rules import may_propose, may_publish
from challenges.services import milestones, overdue
from challenges.services.contracting import OWNER, SOLVER, side_of
from foundation.core.clock import database_now


def milestone_of(membership, keys):
    """The milestone of the address, as far as one sees it; else 404."""
    found = contracts.milestones_visible_to(membership)
    return get_object_or_404(found, award__number=keys["number"], position=keys["position"])


class MilestoneDetail(MemberRequired, View):
    """What is due, everything that was handed in, every decision."""

    template = "challenges/milestone_detail.html"

    def get(self, request, **keys):
        milestone = milestone_of(request.membership, keys)
        context = {
            "milestone": milestone,
            "award": milestone.award,
            "facts": shown.facts(milestone),
            "rounds": shown.rounds(contracts.rounds_of(milestone)),
            "indicators": papers.indicators_of(milestone.award),
            "actions": shown.actions(milestone, request.membership, database_now()),
            "entries": entries(milestone, request.membership),
        }
        return render(request, self.template, context)


class OneMilestone(Act):
    """An act on a milestone by one side."""

    argument, acts = "milestone", OWNER

    def allowed(self, membership):
        return may_publish(membership) if self.acts == OWNER else may_propose(membership)

    def found(self, value):
        return milestone_of(self.request.membership, self.kwargs)

    def address(self, subject):
        return subject.get_absolute_url()

    def is_ours(self, subject):
        """Whether this member stands on the side that acts."""
        return side_of(subject.award, self.request.membership) == self.acts

    def rows(self, subject):
        return shown.facts(subject)


class HandIn(OneMilestone):
    """The team hands in what is due."""

    acts, template = SOLVER, "challenges/milestone_hand_in.html"
    form_class, service = forms.HandIn, staticmethod(milestones.hand_in)
    title = gettext_lazy("Hand in")
    submit, said = gettext_lazy("Hand in"), gettext_lazy("It was handed in. The firm was told.")

    def possible(self, subject):
        return self.is_ours(subject) and subject.permits("deliver")

    def values(self, form, subject):
        return form.values()


class BeginAcceptance(OneMilestone):
    """The firm begins to measure."""

    form_class, service = reasons.Confirm, staticmethod(milestones.begin_acceptance)
    title = gettext_lazy("Begin the acceptance")
    submit, said = gettext_lazy("Begin the acceptance"), gettext_lazy("The acceptance began. The team was told.")

    def possible(self, subject):
        return self.is_ours(subject) and subject.permits("decide") and not subject.permits("measure")

    def after(self, subject, done):
        return self.go("challenges:milestone_decide", subject.award.number, subject.position)


class DecideMilestone(OneMilestone):
    """The firm says what it measured and decides."""

    template = "challenges/milestone_decide.html"
    form_class, service = forms.Decide, staticmethod(milestones.decide)
    title = gettext_lazy("Measure and decide")
    submit, said = gettext_lazy("Decide"), gettext_lazy("The decision stands. The team was told.")

    def possible(self, subject):
        return self.is_ours(subject) and subject.permits("measure")

    def form_more(self, subject):
        challenge = subject.award.challenge
        may_rework = subject.reworks < challenge.season.rework_times
        return {"indicators": challenge.indicators.all(), "may_rework": may_rework}

    def values(self, form, subject):
        return form.values()

    def consequences(self, subject):
        amount = {"amount": subject.amount}
        return [
            _("Accepted: %(amount)s is paid to the team out of the escrow at once.") % amount,
            _("Sent back: the team has as long as you had to decide."),
            _("Not met: the work ends, what was accepted stays paid, the rest of the escrow goes back."),
        ]

    def page(self, subject, form, status=200, **more):
        latest = shown.rounds(contracts.rounds_of(subject)[:1])
        return super().page(subject, form, status, latest=latest[0] if latest else None, **more)


class FailMilestone(OneMilestone):
    """Nothing came: the firm finds the milestone not met."""

    form_class, service = reasons.GiveReason, staticmethod(overdue.find_not_met)
    title = gettext_lazy("Find it not met")
    submit, said = gettext_lazy("Find it not met"), gettext_lazy("The milestone was found not met.")
    danger = True

    def possible(self, subject):
        return self.is_ours(subject) and subject.permits("deliver")

    def consequences(self, subject):
        return [_("The work ends, what was accepted stays paid, the rest of the escrow goes back.")]
