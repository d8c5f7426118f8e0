"""The register over the API: the same list and filter as the page."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny

from foundation.core.api import Cursor
from patents import listing, queries, search
from patents.models import LegalStatus, Patent, PatentKind
from patents.serializers import PatentDetailShown, PatentShown

ASKED = [
    OpenApiParameter("q", str, description="Words, a number in any notation, an IPC symbol."),
    OpenApiParameter("holder", str, description="Name of a patentee."),
    OpenApiParameter("kind", str, many=True, enum=PatentKind.values),
    OpenApiParameter("section", str, many=True, enum=list(listing.SECTIONS), description="IPC section."),
    OpenApiParameter("city", str, many=True, description="Six-digit division code."),
    OpenApiParameter("status", str, many=True, enum=LegalStatus.values),
    OpenApiParameter("mine", bool, description="Only the own organization's portfolio."),
]


class Newest(Cursor):
    """By grant date, the latest first."""

    ordering = ("-grant_date", "-id")


class Patents(ListAPIView):
    """Patents the caller may see."""

    serializer_class = PatentShown
    permission_classes = [AllowAny]
    pagination_class = Newest
    queryset = Patent.objects.none()
    filter_backends = []

    def get_queryset(self):
        rows = queries.patents.visible_to(self.request.membership)
        if self.request.query_params.get("mine") in ("1", "true"):
            own = self.request.membership
            rows = queries.patents.owned_by(own.organization_id) if own else rows.none()
        return queries.patents.with_details(listing.filtered(rows, listing.parse(self.request.query_params)))

    @extend_schema(parameters=ASKED)
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class PatentOne(RetrieveAPIView):
    """One patent by its number in any notation."""

    serializer_class = PatentDetailShown
    permission_classes = [AllowAny]
    queryset = Patent.objects.none()
    lookup_field = "number"

    def get_object(self):
        asked = search.query(self.kwargs["number"])
        visible = queries.patents.with_details(queries.patents.visible_to(self.request.membership))
        patent = visible.filter(number=asked.number).first() if asked.number else None
        if patent is None:
            raise Http404
        return patent
