"""What officers and sellers do with an announced lot over HTTP, and what is asked about it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from accounts import rules as account_rules
from accounts.permissions import HasCapability, IsMember
from auctions import rules
from auctions.api.lots import OfLots
from auctions.models import Lot, LotQuestion
from auctions.queries import lots, rooms
from auctions.serializers import market, parties
from auctions.services import pausing, withdrawing
from auctions.services import rooms as room_services
from foundation.core.acts import Act, Making
from foundation.core.api import Idempotent, NewestFirst
from foundation.core.errors import NotAllowed


class LotAct(OfLots, Act):
    """What is done to a lot that one sees; the answer is the lot as it stands."""

    serializer_class, queryset, argument = market.LotDetailData, Lot.objects.none(), "lot"

    def get_queryset(self):
        found = lots.visible_to(self.request.membership).select_related("result__winning_bid", "relisted_as")
        return found.prefetch_related("items__patent")


class Conducting(LotAct):
    """What the officers do who conduct auctions; the reason is public."""

    permission_classes = (HasCapability("review_any_city"),)
    asked = parties.AuctionReason


class LotPauses(Conducting):
    """Stop the bidding at once; the time that is left is kept."""

    service = staticmethod(pausing.pause)


class LotResumptions(Conducting):
    """Go on with the time that was left."""

    asked, service = parties.MaybeReason, staticmethod(pausing.resume)


class LotCallOffs(Conducting):
    """End a paused lot without a result."""

    service = staticmethod(pausing.call_off)


class LotWithdrawals(LotAct):
    """The seller or an officer takes a lot out before the bidding begins; all deposits go back."""

    permission_classes = (IsMember,)
    asked, service = parties.AuctionReason, staticmethod(withdrawing.withdraw)

    def may(self, membership, one):
        own = membership.organization_id == one.seller_id and account_rules.can(membership, "declare")
        return own or rules.is_officer(membership)


class LotQuestions(Idempotent, OfLots, ListAPIView):
    """Questions about a lot with their answers, the latest first; ask one."""

    serializer_class, pagination_class = market.LotQuestionData, NewestFirst
    queryset = LotQuestion.objects.none()

    def get_permissions(self):
        return [IsMember() if self.request.method == "POST" else AllowAny()]

    def get_queryset(self):
        return rooms.questions_of(self.lot())

    @extend_schema(request=parties.NewQuestion, responses={201: market.LotQuestionData})
    def post(self, request, number):
        lot = self.lot()
        if request.membership.organization_id == lot.seller_id or rules.is_staff(request.membership):
            raise NotAllowed()
        sent = parties.NewQuestion(data=request.data)
        sent.is_valid(raise_exception=True)
        made = room_services.ask(lot=lot, actor=request.membership, **sent.validated_data)
        return Response(self.get_serializer(made).data, status=201)


class AnswerAboutLot(OfLots, Making):
    """The seller answers a question; a later answer replaces it."""

    permission_classes = (HasCapability("declare"),)
    serializer_class, queryset = market.LotQuestionData, Lot.objects.none()
    asked, argument = parties.QuestionAnswer, "question"
    service = staticmethod(room_services.answer_question)

    def get_queryset(self):
        return lots.visible_to(self.request.membership)

    def may(self, membership, one):
        return membership.organization_id == one.seller_id

    def arguments(self, one, sent):
        return {"question": get_object_or_404(rooms.questions_of(one), pk=self.kwargs["pk"]), **sent}
