"""Lots that were not sold, over HTTP: the next round, talks and offers, back to the pool."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from accounts.permissions import HasCapability, IsMember
from auctions.api.conducting import LotAct
from auctions.api.lots import OfLots
from auctions.models import Lot, Offer
from auctions.queries import after
from auctions.serializers import market
from auctions.serializers import sales as data
from auctions.services import converting, relisting, talks, unsold
from foundation.core.acts import Making
from foundation.core.api import Idempotent, NewestFirst
from foundation.core.bodies import without_body
from foundation.core.clock import database_now
from foundation.core.errors import NotAllowed


class SellerAct(LotAct):
    """What the seller does with an unsold lot of its own."""

    permission_classes = (HasCapability("declare"),)

    def get_queryset(self):
        return after.unsold_of(self.request.membership).prefetch_related("items__patent")


class Relistings(SellerAct):
    """Prepare the next round in a later session; the answer is the new lot."""

    serializer_class, asked, service = market.LotData, data.NewRound, staticmethod(relisting.relist)

    def arguments(self, one, sent):
        coming = after.sessions_to_come(database_now())
        session = get_object_or_404(coming, season__code=sent["season"].upper(), position=sent["session"])
        return {"session": session, "start": sent["start_price"], "keep_reserve": sent["keep_reserve"]}

    def outcome(self, made):
        return made


class Conversions(SellerAct):
    """Make drafts of open licenses of it, one a patent; the lot is closed."""

    service = staticmethod(converting.convert)


class Returns(SellerAct):
    """Close the lot; its patents are free at once."""

    service = staticmethod(unsold.return_to_pool)


class Talks(SellerAct):
    """Invite offers with POST; end the talks with DELETE, which declines them all."""

    asked, service = data.NewTalks, staticmethod(talks.open_talks)

    @extend_schema(request=None, responses={204: None})
    @without_body
    def delete(self, request, number):
        talks.end_talks(lot=self.get_object(), actor=request.membership)
        return Response(status=204)


class Offers(Idempotent, ListAPIView):
    """Offers for a lot in talks: the seller sees all, a party its own. Make one; a newer one replaces it."""

    serializer_class, pagination_class, filter_backends = data.TalksOffer, NewestFirst, ()
    queryset = Offer.objects.none()

    def get_permissions(self):
        return [HasCapability("bid")() if self.request.method == "POST" else IsMember()]

    def get_queryset(self):
        return after.offers_visible_to(self.request.membership).filter(lot=self.lot())

    def lot(self) -> Lot:
        """A lot of one's own that was not sold, or one in talks."""
        member, number = self.request.membership, self.kwargs["number"]
        own = after.unsold_of(member).filter(number=number).first()
        return own or get_object_or_404(after.in_talks(member), number=number)

    @extend_schema(request=data.NewTalksOffer, responses={201: data.TalksOffer})
    def post(self, request, number):
        lot = self.lot()
        if lot.seller_id == request.membership.organization_id:
            raise NotAllowed()
        sent = data.NewTalksOffer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = talks.make_offer(lot=lot, actor=request.membership, **sent.validated_data)
        return Response(self.get_serializer(made).data, status=201)


class OfferAcceptances(OfLots, Making):
    """The seller takes an offer; a sale by agreement begins, which is the answer."""

    permission_classes = (HasCapability("declare"),)
    serializer_class, queryset = data.AuctionSaleData, Lot.objects.none()
    argument, service = "offer", staticmethod(talks.accept)

    def get_queryset(self):
        return after.unsold_of(self.request.membership)

    def arguments(self, one, sent):
        offers = after.offers_visible_to(self.request.membership).filter(lot=one)
        return {"offer": get_object_or_404(offers, pk=self.kwargs["pk"])}
