"""Bids over HTTP. Placing one is the hot path of the house: as few steps as possible, and outside any transaction.

A bid needs no `Idempotency-Key`: its own key makes a repeat safe.
"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.response import Response

from accounts.permissions import HasCapability
from auctions.api.direct import receipt
from auctions.api.lots import OfLots
from auctions.bidding import Code
from auctions.models import Bid, Registration
from auctions.queries import bids, lots
from auctions.serializers import floors as data
from auctions.services.bids import BidRefused, place_bid
from auctions.services.proxies import cancel_proxy, place_proxy
from foundation.core.bodies import without_body
from foundation.core.money import Money
from foundation.core.paging import Counted
from foundation.core.problems import MEDIA_TYPE

CREATED = 201
REFUSALS = {(status, MEDIA_TYPE): data.BidRefusal for status in (403, 409, 422, 429)}


class LatestBid(Counted):
    """The latest first, by sequence number."""

    ordering = "-seq"


def entry(request, number: str) -> Registration:
    """One's own registration for a lot, in one query. Raises Http404 for a lot one does not see, BidRefused."""
    own = bids.entry(number, request.membership)
    if own is None:
        get_object_or_404(lots.visible_to(request.membership), number=number)
        raise BidRefused(Code.NOT_ADMITTED)
    return own


class Bids(OfLots, ListAPIView):
    """The bids of a lot by paddle, the latest first, and how many; place one."""

    serializer_class, pagination_class = data.BidData, LatestBid
    permission_classes = (HasCapability("bid", read_open=True),)
    queryset = Bid.objects.none()

    def get_queryset(self):
        return bids.bids_of(self.lot())

    @extend_schema(request=data.NewBid, responses={CREATED: data.BidReceipt, **REFUSALS})
    def post(self, request, number):
        own = entry(request, number)
        sent = data.read_bid(request.data)
        placed = place_bid(
            registration=own,
            amount=sent["amount"],
            key=sent["key"],
            seen_seq=sent["seen_seq"],
            actor=request.membership,
        )
        headers = {"Idempotent-Replayed": "true"} if placed.repeated else None
        return Response(receipt(number, own.paddle, placed), status=CREATED, headers=headers)


class OwnBid(OfLots, GenericAPIView):
    """One's own bid as the record has it: what the receipt must equal. Nobody else's is here."""

    serializer_class = data.OwnBidData
    permission_classes = (HasCapability("bid"),)

    def get(self, request, number, seq):
        lot = self.lot()
        return Response(self.get_serializer(get_object_or_404(bids.own(lot, request.membership), seq=seq)).data)


class Maximum(OfLots, GenericAPIView):
    """A maximum from which the platform bids: leave one or another, or take it back. It is never read again."""

    serializer_class = data.MaximumStands
    permission_classes = (HasCapability("bid"),)

    @extend_schema(request=data.NewMaximum, responses={CREATED: data.MaximumStands, **REFUSALS})
    def post(self, request, number):
        own = entry(request, number)
        sent = data.NewMaximum(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted: Money = sent.validated_data["maximum"]
        leads = place_proxy(registration=own, maximum=wanted, key=sent.validated_data["key"], actor=request.membership)
        return Response({"has_maximum": True, "leading": leads}, status=CREATED)

    @extend_schema(request=None, responses={204: None})
    @without_body
    def delete(self, request, number):
        cancel_proxy(registration=entry(request, number), actor=request.membership)
        return Response(status=204)
