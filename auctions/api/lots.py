"""Lots over HTTP: the same catalogue and the same visibility as the pages."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from auctions import protocol, releases
from auctions.filters import LotFilter
from auctions.models import Lot, LotDocument, Subject
from auctions.queries import bids, catalogue, floors, lots, records, rooms
from auctions.serializers import floors as floor_data
from auctions.serializers import market as data
from foundation.core.clock import database_now
from foundation.core.paging import Counted
from patents.models import PatentKind

ORDERS = {
    "number": ("number", "id"),
    "newest": ("-id",),
    "soonest": ("opens_at", "id"),
    "cheapest": ("start_fen", "id"),
    "dearest": ("-start_fen", "-id"),
}
ASKED = [
    OpenApiParameter("q", str, description="Words in Chinese or English, a number of a lot or a patent."),
    OpenApiParameter("season", str, description="Code of a season."),
    OpenApiParameter("stage", str, many=True, enum=list(catalogue.STAGES)),
    OpenApiParameter("subject", str, many=True, enum=Subject.values, description="What is sold."),
    OpenApiParameter("kind", str, many=True, enum=PatentKind.values, description="Kind of patent."),
    OpenApiParameter("city", str, many=True, description="Six-digit division code of the seller's city."),
    OpenApiParameter("session", str, many=True, description="Season and place of a session: 2026S1-1."),
    OpenApiParameter("low", str, description="Least start price, in yuan."),
    OpenApiParameter("high", str, description="Highest start price, in yuan."),
    OpenApiParameter("order", str, enum=list(ORDERS), description="`number` by default, with `mine` `newest`."),
    OpenApiParameter("mine", bool, description="The own organization's lots in any state instead."),
]


class ByQuestion(Counted):
    """In the order the question asks for."""

    def get_ordering(self, request, queryset, view):
        own = "newest" if view.asks_for_own() else "number"
        return ORDERS.get(request.query_params.get("order", ""), ORDERS[own])


class Lots(ListAPIView):
    """The catalogue of announced lots, or with `mine` the lots of the own organization."""

    serializer_class, pagination_class, filterset_class = data.LotData, ByQuestion, LotFilter
    permission_classes = [AllowAny]
    queryset = Lot.objects.none()

    def asks_for_own(self) -> bool:
        """Whether `mine` was sent."""
        return self.request.query_params.get("mine") in ("1", "true")

    def get_queryset(self):
        rows = lots.of_seller(self.request.membership) if self.asks_for_own() else catalogue.public()
        rows = catalogue.filtered(rows, catalogue.parse(self.request.query_params))
        return catalogue.with_details(rows).annotate(opens_at=F("session__starts_at"))

    @extend_schema(parameters=ASKED)
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class OfLots:
    """The lots that one sees."""

    permission_classes = (AllowAny,)
    filter_backends = ()
    lookup_field = "number"

    def lot(self) -> Lot:
        """The lot of the address, or 404."""
        return get_object_or_404(lots.visible_to(self.request.membership), number=self.kwargs["number"])


class LotOne(OfLots, RetrieveAPIView):
    """One lot."""

    serializer_class = data.LotDetailData
    queryset = Lot.objects.none()

    def get_queryset(self):
        found = lots.visible_to(self.request.membership).select_related("result__winning_bid", "relisted_as")
        return found.prefetch_related("items__patent")


class LotLive(OfLots, GenericAPIView):
    """The floor of a lot at this moment: price, end, the lowest amount of a bid, and where one stands oneself."""

    serializer_class = floor_data.LiveData

    def get(self, request, number):
        lot = self.lot()
        floor = floors.watched([lot.pk]).first()
        if floor is None:
            raise Http404
        own = bids.my_position(lot, request.membership)
        answer = Response(self.get_serializer(floor_data.live(lot, floor, database_now(), own)).data)
        answer["Cache-Control"] = "no-store"
        return answer


class LotRecord(OfLots, GenericAPIView):
    """The public record of a decided lot, the same as the file that the checking program reads: amounts in fen."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request, number):
        lot = get_object_or_404(records.decided(request.membership), number=number)
        return Response(protocol.record(lot))


class LotRelease(OfLots, GenericAPIView):
    """The lot as a release package of the Open Contracting Data Standard 1.1: what happened to it so far."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request, number):
        lot = get_object_or_404(lots.visible_to(request.membership).filter(floor__isnull=False), number=number)
        return Response(releases.package(lot, request.build_absolute_uri()))


class LotDocuments(OfLots, ListAPIView):
    """The data room: its documents, with the addresses of those one may open."""

    serializer_class, pagination_class = data.LotDocumentData, None
    queryset = LotDocument.objects.none()

    def get_queryset(self):
        return rooms.documents_of(self.seen)

    def get_serializer_context(self):
        allowed = rooms.audiences(self.seen, self.request.membership)
        addresses = {
            one.pk: reverse("auctions:lot_document", args=[self.seen.number, one.pk])
            for one in rooms.documents_of(self.seen)
            if one.audience in allowed
        }
        return {**super().get_serializer_context(), "addresses": addresses}

    @cached_property
    def seen(self) -> Lot:
        """The lot, looked up once."""
        return self.lot()
