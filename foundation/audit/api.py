"""`GET /api/v1/events/?since=`: the change feed."""

import re

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny

from foundation.audit import feed, queries, serializers
from foundation.core import crypto
from foundation.core.api import Cursor
from foundation.core.errors import Invalid

BEGINNING = "0"
SINCE = OpenApiParameter(
    "since", str, description="Only events after this `position`; 0, the default, begins at the first."
)


SUBJECT = OpenApiParameter(
    "subject",
    str,
    description="Only the timeline of one thing: its public number, or kind and id as in `subject` of an event"
    " (`licenses.declaration:17`).",
)
KIND_AND_ID = re.compile(r"([a-z_]{1,40}\.[a-z_]{1,40}):([0-9]{1,18})")
NUMBER = re.compile(r"[\w.-]{1,60}")


class SubjectInvalid(Invalid):
    """The subject is neither a number nor kind and id."""

    code = "subject_invalid"
    message = _("`subject` is a public number, or kind and id as in an event: licenses.declaration:17.")


class SinceInvalid(Invalid):
    """The position is no number."""

    code = "since_invalid"
    message = _("`since` is the position of an event, as it stands there, or 0.")


class InOrder(Cursor):
    """By position, which a cursor veils as well."""

    ordering = "position"

    def encode_cursor(self, cursor):
        if cursor.position is not None:
            cursor = cursor._replace(position=crypto.veiled(int(cursor.position)))
        return super().encode_cursor(cursor)

    def decode_cursor(self, request):
        cursor = super().decode_cursor(request)
        if cursor is None or cursor.position is None:
            return cursor
        try:
            return cursor._replace(position=str(crypto.unveiled(cursor.position)))
        except crypto.Unreadable as error:
            raise NotFound(self.invalid_cursor_message) from error


@extend_schema(parameters=[SINCE, SUBJECT])
class Events(ListAPIView):
    """All that happened, in an order in which nothing appears late. Visitors see public events, members also those
    their organization takes part in."""

    serializer_class = serializers.PublicEvent
    pagination_class = InOrder
    permission_classes = [AllowAny]
    filter_backends: list = []

    def get_queryset(self):
        viewer = getattr(self.request, "membership", None)
        found = feed.since(_position(self.request), viewer)
        asked = self.request.query_params.getlist("subject")
        return queries.about(found, *_subject(asked), viewer=viewer) if asked else found


def _position(request) -> int:
    asked = request.query_params.getlist("since") or [BEGINNING]
    try:
        return 0 if asked == [BEGINNING] else crypto.unveiled("".join(asked))
    except crypto.Unreadable as error:
        raise SinceInvalid(field="since") from error


def _subject(asked: list[str]) -> tuple[str, int, str]:
    """(kind, id, number) of the one subject asked for."""
    named = KIND_AND_ID.fullmatch(asked[0])
    if len(asked) > 1 or not (named or NUMBER.fullmatch(asked[0])):
        raise SubjectInvalid(field="subject")
    return (named[1], int(named[2]), "") if named else ("", 0, asked[0].upper())


urlpatterns = [path("events/", Events.as_view(), name="events")]
