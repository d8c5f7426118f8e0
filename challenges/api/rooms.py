"""Questions about a challenge, the agreement to keep its annexes secret, and what the firm does with its deadline."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts.permissions import HasCapability, IsMember
from challenges.api.listing import OfChallenges
from challenges.models import Challenge, Question
from challenges.queries import challenges, rooms
from challenges.rules import is_officer, may_publish
from challenges.serializers import listing as data
from challenges.services import publishing, republishing
from challenges.services import rooms as services
from foundation.core.acts import Act, Making
from foundation.core.api import Idempotent, NewestFirst
from foundation.core.errors import Invalid, NotAllowed

CREATED = 201


class ChallengeAct(OfChallenges, Act):
    """What is done to a challenge that one sees; the answer is the challenge as it stands."""

    permission_classes = (IsMember,)
    serializer_class, queryset, argument = data.ChallengeDetailData, Challenge.objects.none(), "challenge"

    def may(self, membership, one):
        return may_publish(membership) and membership.organization_id == one.owner_id


class ChallengeExtensions(ChallengeAct):
    """Move the deadline out; proposals made so far stay sealed."""

    asked, service = data.Extension, staticmethod(publishing.extend)


class ChallengeCancellations(ChallengeAct):
    """Take the challenge out of the list; what is held in escrow goes back."""

    asked, service = data.ChallengeReason, staticmethod(publishing.cancel)

    def may(self, membership, one):
        return super().may(membership, one) or is_officer(membership)


class ChallengeRepublications(OfChallenges, Making):
    """Begin a challenge that found nobody anew: a draft with everything it said, but for the deadline."""

    permission_classes = (HasCapability("take_license"),)
    serializer_class, queryset, argument = data.ChallengeDetailData, Challenge.objects.none(), "challenge"
    asked, service = data.Republication, staticmethod(republishing.republish)

    def may(self, membership, one):
        return may_publish(membership) and membership.organization_id == one.owner_id

    def arguments(self, one, sent):
        season = challenges.collecting().filter(code=sent["season"].upper()).first()
        if season is None:
            raise Invalid(_("No season with this code takes challenges now."), field="season")
        return {"season": season}


class ChallengeAgreements(OfChallenges, Making):
    """Sign the non-disclosure agreement of the season for the own organization; a repeat changes nothing."""

    permission_classes = (HasCapability("declare"),)
    serializer_class, queryset, argument = data.NdaSigned, Challenge.objects.none(), "challenge"
    asked, service = data.NdaSigning, staticmethod(services.sign_nda)

    def may(self, membership, one):
        return membership.organization_id != one.owner_id

    def arguments(self, one, sent):
        return {"sha256": sent["sha256"]}


class ChallengeQuestions(Idempotent, OfChallenges, ListAPIView):
    """Questions about a challenge with their answers, the latest first; ask one."""

    serializer_class, pagination_class = data.ChallengeQuestionData, NewestFirst
    queryset = Question.objects.none()

    def get_permissions(self):
        return [IsMember() if self.request.method == "POST" else AllowAny()]

    def get_queryset(self):
        return rooms.questions_of(self.seen)

    @extend_schema(request=data.NewChallengeQuestion, responses={CREATED: data.ChallengeQuestionData})
    def post(self, request, number):
        if request.membership.organization_id == self.seen.owner_id or request.membership.is_administration:
            raise NotAllowed()
        sent = data.NewChallengeQuestion(data=request.data)
        sent.is_valid(raise_exception=True)
        made = services.ask(challenge=self.seen, actor=request.membership, **sent.validated_data)
        return Response(self.get_serializer(made).data, status=CREATED)


class ChallengeAnswers(OfChallenges, Making):
    """The firm or the platform answers a question; a later answer replaces it."""

    permission_classes = (IsMember,)
    serializer_class, queryset = data.ChallengeQuestionData, Challenge.objects.none()
    asked, argument, service = data.ChallengeAnswer, "question", staticmethod(services.answer)

    def may(self, membership, one):
        return is_officer(membership) or (may_publish(membership) and membership.organization_id == one.owner_id)

    def arguments(self, one, sent):
        return {"question": get_object_or_404(rooms.questions_of(one), pk=self.kwargs["pk"]), **sent}


ONE = "challenges/<str:number>/"
urlpatterns = [
    path(f"{ONE}questions/", ChallengeQuestions.as_view(), name="api_challenge_questions"),
    path(f"{ONE}questions/<int:pk>/answers/", ChallengeAnswers.as_view(), name="api_challenge_answers"),
    path(f"{ONE}agreements/", ChallengeAgreements.as_view(), name="api_challenge_agreements"),
    path(f"{ONE}extensions/", ChallengeExtensions.as_view(), name="api_challenge_extensions"),
    path(f"{ONE}republications/", ChallengeRepublications.as_view(), name="api_challenge_republications"),
    path(f"{ONE}cancellations/", ChallengeCancellations.as_view(), name="api_challenge_cancellations"),
]
