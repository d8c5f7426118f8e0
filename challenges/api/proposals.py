"""Proposals over HTTP: the same visibility as the pages, which before the opening is that of the own team.

Nothing that is sent or answered here about what a proposal says is kept for repeats: `Idempotency-Key` stores answers,
and a hash of every body, as they are. A draft is changed by its version, a submission is repeated by its receipt.
"""

import django_filters
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.permissions import HasCapability, IsMember
from challenges.api.listing import OfChallenges
from challenges.lifecycle_parties import ProposalState
from challenges.models import Challenge, Proposal
from challenges.queries import proposals
from challenges.serializers import proposals as data
from challenges.serializers.proposal_content import DraftToSave
from challenges.services import proposal_drafts, proposing, resubmitting
from foundation.core.acts import Making, OneAct
from foundation.core.paging import Cursor


class ProposalFilter(django_filters.FilterSet):
    """By state, and by the number of the challenge."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in ProposalState])
    challenge = django_filters.CharFilter(field_name="challenge__number", max_length=40)


class Latest(Cursor):
    """The latest first; by time, for a cursor with an id in it would tell how many proposals there are."""

    ordering = "-created_at"


class OfProposals:
    """The proposals one reads, by key or number; what is answered is kept by no cache."""

    serializer_class, queryset = data.ProposalData, Proposal.objects.none()
    permission_classes, filter_backends = (IsMember,), ()

    def get_queryset(self):
        return proposals.read_by(self.request.membership)

    def get_object(self):
        key = self.kwargs["key"]
        return get_object_or_404(self.get_queryset(), Q(key=key) | Q(number=key))

    def finalize_response(self, request, response, *args, **kwargs):
        answer = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer


class Proposals(OfProposals, ListAPIView):
    """Own proposals, the latest first; and the opened ones of others that one reads."""

    serializer_class, pagination_class = data.ProposalRow, Latest
    filter_backends, filterset_class = (DjangoFilterBackend,), ProposalFilter


class ProposalOne(OfProposals, RetrieveAPIView):
    """One proposal as far as one may know it."""


class ChallengeProposals(OfChallenges, Making):
    """Begin a proposal for a challenge: an empty draft."""

    permission_classes = (HasCapability("declare"),)
    serializer_class, queryset, argument = data.ProposalRow, Challenge.objects.none(), "challenge"
    service = staticmethod(proposing.start)

    def may(self, membership, one):
        return membership.organization_id != one.owner_id


class TeamAct(OfProposals, OneAct):
    """What a team does with its own proposal."""

    permission_classes, argument = (HasCapability("declare"),), "proposal"

    def get_queryset(self):
        return proposals.own(self.request.membership)


class ProposalDraft(TeamAct):
    """The draft of an own proposal."""

    http_method_names = ("patch", "options")
    service = staticmethod(proposal_drafts.save_content)

    @extend_schema(request=DraftToSave, responses=data.ProposalData)
    def patch(self, request, key):
        """Save fields on top of the draft's `version`, right or wrong; 409 if it was saved elsewhere since."""
        one, sent = self.get_object(), DraftToSave(data=request.data)
        sent.is_valid(raise_exception=True)
        kept = self.service(proposal=one, actor=request.membership, **sent.validated_data)
        return Response(self.get_serializer(kept).data)


class ProposalFiles(TeamAct):
    """Put a file beside the draft; the answer is the proposal."""

    parser_classes, asked = (MultiPartParser,), data.NewProposalFile
    service = staticmethod(proposal_drafts.add_file)


class ProposalFileOne(TeamAct):
    """A file beside the draft."""

    http_method_names = ("delete", "options")
    service = staticmethod(proposal_drafts.remove_file)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request, key, file):
        """Take the file away; what is not there is no error."""
        self.service(proposal=self.get_object(), file=file, actor=request.membership)
        return Response(status=204)


class ProposalSubmissions(TeamAct):
    """Seal the draft for the openers. The receipt is in this answer alone; a repeat names it."""

    serializer_class, asked, service = data.SubmissionMade, data.Submission, staticmethod(proposing.submit)

    def arguments(self, one, sent):
        return {name: sent[name] for name in ("commitment_sha256", "receipt")}

    def outcome(self, made):
        copy, proposal = made.copy, made.proposal
        facts = {name: getattr(copy, name) for name in ("version", "ciphertext_sha256", "sealed_at")}
        return {**facts, "key": proposal.key, "state": proposal.state, "receipt": made.receipt}


class ProposalRereadings(TeamAct):
    """Read the own latest copy by its receipt; nothing is written, and nobody else is told."""

    serializer_class, asked, service = data.CopyRead, data.Reread, staticmethod(resubmitting.reread)

    @extend_schema(request=data.Reread, responses=data.CopyRead)
    def post(self, request, *args, **kwargs):
        sent = data.Reread(data=request.data)
        one = self.get_object()
        sent.is_valid(raise_exception=True)
        return Response(data.copy_read(self.service(proposal=one, actor=request.membership, **sent.validated_data)))


class ProposalReplacements(TeamAct):
    """Begin a replacement before the deadline; until it is submitted again nothing stands."""

    asked, service = data.Replacement, staticmethod(resubmitting.replace)


class ProposalWithdrawals(TeamAct):
    """Withdraw before the deadline; only the own organization ever learns of it."""

    asked, service = data.Withdrawal, staticmethod(resubmitting.withdraw)


ONE = "challenge-proposals/<str:key>/"
urlpatterns = [
    path("challenges/<str:number>/proposals/", ChallengeProposals.as_view(), name="api_challenge_proposals_begun"),
    path("challenge-proposals/", Proposals.as_view(), name="api_challenge_proposals"),
    path(ONE, ProposalOne.as_view(), name="api_challenge_proposal"),
    path(f"{ONE}draft/", ProposalDraft.as_view(), name="api_challenge_proposal_draft"),
    path(f"{ONE}files/", ProposalFiles.as_view(), name="api_challenge_proposal_files"),
    path(f"{ONE}files/<str:file>/", ProposalFileOne.as_view(), name="api_challenge_proposal_file"),
    path(f"{ONE}submissions/", ProposalSubmissions.as_view(), name="api_challenge_proposal_submissions"),
    path(f"{ONE}rereadings/", ProposalRereadings.as_view(), name="api_challenge_proposal_rereadings"),
    path(f"{ONE}replacements/", ProposalReplacements.as_view(), name="api_challenge_proposal_replacements"),
    path(f"{ONE}withdrawals/", ProposalWithdrawals.as_view(), name="api_challenge_proposal_withdrawals"),
]
