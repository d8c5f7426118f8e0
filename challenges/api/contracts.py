"""Contracts of challenges over HTTP: the same services and sides as the pages."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import IsMember
from challenges.api import milestones
from challenges.lifecycle_parties import AwardState
from challenges.models import Award
from challenges.queries import contracts
from challenges.rules import is_officer, may_propose, may_publish
from challenges.serializers import contracts as data
from challenges.services import contracting, ending, promoting, transition
from challenges.services.contracting import OWNER, SOLVER, side_of
from foundation.core.acts import Act
from foundation.core.api import NewestFirst


class ContractFilter(django_filters.FilterSet):
    """By state, and by the number of the challenge."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in AwardState])
    challenge = django_filters.CharFilter(field_name="challenge__number", max_length=40)


class OfContracts:
    """The contracts one sees."""

    serializer_class, queryset, lookup_field = data.ContractData, Award.objects.none(), "number"
    permission_classes, filter_backends = (IsMember,), ()

    def get_queryset(self):
        found = contracts.visible_to(self.request.membership)
        return found.prefetch_related("milestones", "outcomes__patent")


class Contracts(OfContracts, ListAPIView):
    """Own contracts as firm and as team, newest first; the province sees all."""

    serializer_class, pagination_class = data.ContractRow, NewestFirst
    filter_backends, filterset_class = (DjangoFilterBackend,), ContractFilter

    def get_queryset(self):
        return contracts.visible_to(self.request.membership)


class ContractOne(OfContracts, RetrieveAPIView):
    """One contract: milestones, what came of it, and what is to be signed."""


class MayAct(IsMember):
    """Whoever may act for a firm or a team."""

    def has_permission(self, request, view):
        member = request.membership if super().has_permission(request, view) else None
        return member is not None and (may_publish(member) or may_propose(member))


class ContractAct(OfContracts, Act):
    """What is done with a contract by one of its ``sides``."""

    permission_classes, argument, sides = (MayAct,), "award", (OWNER, SOLVER)

    def may(self, membership, one):
        return side_of(one, membership) in self.sides


class ContractTexts(ContractAct):
    """Either side changes the texts and the milestones; signatures given before fall away."""

    asked, service = data.NewTexts, staticmethod(contracting.propose_terms)


class ContractSignatures(ContractAct):
    """One side signs the contract that was read; with the second one the work begins."""

    asked, service = data.ContractSignature, staticmethod(contracting.sign)

    def arguments(self, one, sent):
        return {"sha256": sent["sha256"]}


class MayEnd(IsMember):
    """The firm and officers."""

    def has_permission(self, request, view):
        member = request.membership if super().has_permission(request, view) else None
        return member is not None and (may_publish(member) or is_officer(member))


class ContractEndings(ContractAct):
    """The firm or an officer ends a contract before its time; the reason is published."""

    permission_classes, asked, service = (MayEnd,), data.WithReason, staticmethod(ending.terminate)

    def may(self, membership, one):
        return is_officer(membership) or side_of(one, membership) == OWNER


class ContractReserves(ContractEndings):
    """No contract comes of it: this one ends unsigned, and a public notice about the reserve begins."""

    asked, service = data.ReserveFollows, staticmethod(promoting.promote)


class ContractEndRequests(ContractAct):
    """The team asks to end a contract."""

    asked, service, sides = data.WithReason, staticmethod(ending.ask_end), (SOLVER,)


class ContractGateChoices(ContractAct):
    """The firm goes on with this team of a horse race."""

    asked, service, sides = data.WithReason, staticmethod(ending.choose_at_gate), (OWNER,)


class ContractOutcomes(ContractAct):
    """Either side says what came of the result."""

    asked, service = data.NewOutcome, staticmethod(transition.tell)

    def arguments(self, one, sent):
        number = sent.pop("patent", "")
        return {**sent, "patent": own_patent(self.request, number) if number else None}


class ContractOpenLicenses(ContractAct):
    """Draft an open license of a patent that came of the result; it stands among one's declarations."""

    asked, service = data.OfPatent, staticmethod(transition.open_license)

    def arguments(self, one, sent):
        return {"patent": own_patent(self.request, sent["patent"])}


def own_patent(request, number):
    """A patent of one's own organization, or 404."""
    return get_object_or_404(contracts.patents_of(request.membership), number=number)


ONE = "challenge-contracts/<str:number>/"
MILESTONE = f"{ONE}milestones/<int:position>/"
urlpatterns = [
    path("challenge-contracts/", Contracts.as_view(), name="api_challenge_contracts"),
    path(ONE, ContractOne.as_view(), name="api_challenge_contract"),
    path(f"{ONE}texts/", ContractTexts.as_view(), name="api_challenge_contract_texts"),
    path(f"{ONE}signatures/", ContractSignatures.as_view(), name="api_challenge_contract_signatures"),
    path(f"{ONE}endings/", ContractEndings.as_view(), name="api_challenge_contract_endings"),
    path(f"{ONE}reserves/", ContractReserves.as_view(), name="api_challenge_contract_reserves"),
    path(f"{ONE}end-requests/", ContractEndRequests.as_view(), name="api_challenge_contract_end_requests"),
    path(f"{ONE}gate-choices/", ContractGateChoices.as_view(), name="api_challenge_contract_gate_choices"),
    path(f"{ONE}outcomes/", ContractOutcomes.as_view(), name="api_challenge_contract_outcomes"),
    path(f"{ONE}open-licenses/", ContractOpenLicenses.as_view(), name="api_challenge_contract_open_licenses"),
    path(MILESTONE, milestones.MilestoneOne.as_view(), name="api_challenge_milestone"),
    path(f"{MILESTONE}deliverables/", milestones.Deliverables.as_view(), name="api_challenge_deliverables"),
    path(f"{MILESTONE}acceptances/", milestones.Acceptances.as_view(), name="api_challenge_acceptances"),
    path(f"{MILESTONE}decisions/", milestones.Decisions.as_view(), name="api_challenge_decisions"),
    path(f"{MILESTONE}failures/", milestones.Failures.as_view(), name="api_challenge_failures"),
]
