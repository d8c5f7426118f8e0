"""Milestones over HTTP: handed in by the team, measured and decided by the firm."""

from django.shortcuts import get_object_or_404
from rest_framework.generics import RetrieveAPIView
from rest_framework.parsers import MultiPartParser

from accounts.permissions import HasCapability, IsMember
from challenges.models import Milestone
from challenges.queries import contracts
from challenges.serializers import contracts as data
from challenges.services import milestones, overdue
from challenges.services.contracting import OWNER, SOLVER, side_of
from foundation.core.acts import Act


class OfMilestones:
    """The milestones of the contracts one sees."""

    serializer_class, queryset = data.MilestoneData, Milestone.objects.none()
    permission_classes, filter_backends = (IsMember,), ()

    def get_object(self):
        found = contracts.milestones_visible_to(self.request.membership)
        return get_object_or_404(found, award__number=self.kwargs["number"], position=self.kwargs["position"])


class MilestoneOne(OfMilestones, RetrieveAPIView):
    """One milestone with everything that was handed in, measured and decided."""


class MilestoneAct(OfMilestones, Act):
    """What one side does with a milestone."""

    permission_classes, argument, side = (HasCapability("take_license"),), "milestone", OWNER

    def may(self, membership, one):
        return side_of(one.award, membership) == self.side


class Deliverables(MilestoneAct):
    """The team hands in what is due, or the rework."""

    permission_classes, side, parser_classes = (HasCapability("declare"),), SOLVER, (MultiPartParser,)
    asked, service = data.NewDeliverable, staticmethod(milestones.hand_in)

    def arguments(self, one, sent):
        return {"text": sent["text"], "uploads": sent.get("files", [])}


class Acceptances(MilestoneAct):
    """The firm begins to measure."""

    service = staticmethod(milestones.begin_acceptance)


class Decisions(MilestoneAct):
    """The firm says what it measured and decides; accepted, the amount is paid at once."""

    asked, service = data.NewDecision, staticmethod(milestones.decide)


class Failures(MilestoneAct):
    """Nothing came thirty days after the deadline: the firm finds the milestone not met."""

    asked, service = data.WithReason, staticmethod(overdue.find_not_met)
