"""`GET /api/v1/events/?since=`: the change feed."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny

from foundation.audit import feed, serializers
from foundation.core.api import Cursor
from foundation.core.errors import Invalid

LARGEST = 2**63 - 1
SINCE = OpenApiParameter(
    "since", int, description="Only events after this position; 0, the default, begins at the first."
)


class SinceInvalid(Invalid):
    """The position is no number."""

    code = "since_invalid"
    message = _("`since` is the position of an event: a whole number from 0.")


class InOrder(Cursor):
    """By position."""

    ordering = "position"


@extend_schema(parameters=[SINCE])
class Events(ListAPIView):
    """All that happened, in an order in which nothing appears late. Visitors see public events, members also those
    their organization takes part in."""

    serializer_class = serializers.PublicEvent
    pagination_class = InOrder
    permission_classes = [AllowAny]
    filter_backends: list = []

    def get_queryset(self):
        return feed.since(_position(self.request), getattr(self.request, "membership", None))


def _position(request) -> int:
    text = request.query_params.get("since", "0")
    if not (text.isascii() and text.isdigit()) or len(request.query_params.getlist("since")) > 1:
        raise SinceInvalid(field="since")
    return min(int(text[:30]), LARGEST)


urlpatterns = [path("events/", Events.as_view(), name="events")]
