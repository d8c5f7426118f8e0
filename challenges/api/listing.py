"""Seasons and challenges over HTTP: the same list and the same visibility as the pages."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny

from challenges.lifecycle import ChallengeState, SeasonState
from challenges.models import Attachment, Challenge, ListSeason, Mode
from challenges.queries import catalogue, challenges, rooms
from challenges.queries import seasons as asked
from challenges.serializers import listing as data
from challenges.services import rooms as room_services
from foundation.core.paging import Counted

ORDERS = {
    "number": ("number", "id"),
    "newest": ("-id",),
    "soonest": ("closes_at", "id"),
    "cheapest": ("bounty_fen", "id"),
    "dearest": ("-bounty_fen", "-id"),
}
ASKED = [
    OpenApiParameter("q", str, description="Words in Chinese or English, a number, an IPC class."),
    OpenApiParameter("season", str, description="Code of a season."),
    OpenApiParameter("stage", str, many=True, enum=list(catalogue.STAGES)),
    OpenApiParameter("field", str, many=True, enum=list(catalogue.SECTIONS), description="Section of the IPC."),
    OpenApiParameter("ipc", str, many=True, description="Subclass of the first IPC class: H01M."),
    OpenApiParameter("industry", str, many=True, description="Code of GB/T 4754."),
    OpenApiParameter("city", str, many=True, description="Six-digit division code of the firm's city."),
    OpenApiParameter("mode", str, many=True, enum=Mode.values),
    OpenApiParameter("low", str, description="Least bounty, in yuan."),
    OpenApiParameter("high", str, description="Highest bounty, in yuan."),
    OpenApiParameter("order", str, enum=list(ORDERS), description="`number` by default, with `mine` `newest`."),
    OpenApiParameter("mine", bool, description="The own organization's challenges in any state instead."),
]


class SeasonFilter(django_filters.FilterSet):
    """By state."""

    state = django_filters.MultipleChoiceFilter(choices=[(str(one), str(one)) for one in SeasonState])

    class Meta:
        model = ListSeason
        fields = ["state"]


class ChallengeFilter(django_filters.FilterSet):
    """By number and exact state."""

    number = django_filters.CharFilter(field_name="number", lookup_expr="iexact", max_length=40)
    state = django_filters.MultipleChoiceFilter(choices=[(str(one), str(one)) for one in ChallengeState])

    class Meta:
        model = Challenge
        fields = ["number", "state"]


class LatestCode(Counted):
    """The latest season first."""

    ordering = "-code"


class ByQuestion(Counted):
    """In the order the question asks for."""

    def get_ordering(self, request, queryset, view):
        own = "newest" if view.asks_for_own() else "number"
        return ORDERS.get(request.query_params.get("order", ""), ORDERS[own])


class ListSeasons(ListAPIView):
    """Seasons of the list that were called, the latest first; drafts too for those who conduct them."""

    serializer_class, pagination_class, filterset_class = data.ListSeasonData, LatestCode, SeasonFilter
    permission_classes = [AllowAny]
    queryset = ListSeason.objects.none()

    def get_queryset(self):
        return asked.with_counts(challenges.seasons_visible_to(self.request.membership))


class ListSeasonOne(RetrieveAPIView):
    """One season with its rules and the texts that are signed."""

    serializer_class = data.ListSeasonDetailData
    permission_classes, filter_backends = [AllowAny], ()
    queryset, lookup_field = ListSeason.objects.none(), "code"

    def get_object(self):
        seen = asked.season(self.request.membership, self.kwargs["code"])
        return get_object_or_404(asked.with_counts(seen))


class Challenges(ListAPIView):
    """The list of published challenges, or with `mine` the challenges of the own organization."""

    serializer_class, pagination_class, filterset_class = data.ChallengeData, ByQuestion, ChallengeFilter
    permission_classes = [AllowAny]
    queryset = Challenge.objects.none()

    def asks_for_own(self) -> bool:
        """Whether `mine` was sent."""
        return self.request.query_params.get("mine") in ("1", "true")

    def get_queryset(self):
        rows = catalogue.classified(challenges.of_owner(self.request.membership))
        rows = rows if self.asks_for_own() else catalogue.public()
        rows = catalogue.filtered(rows, catalogue.parse(self.request.query_params))
        return catalogue.with_details(rows)

    @extend_schema(parameters=ASKED)
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class OfChallenges:
    """The challenges with a number that one sees."""

    permission_classes = (AllowAny,)
    filter_backends = ()
    lookup_field = "number"

    def get_queryset(self):
        seen = challenges.visible_to(self.request.membership)
        return seen.prefetch_related("indicators", "payments", "criteria")

    @cached_property
    def seen(self) -> Challenge:
        """The challenge of the address, looked up once, or 404."""
        return get_object_or_404(challenges.visible_to(self.request.membership), number=self.kwargs["number"])


class ChallengeOne(OfChallenges, RetrieveAPIView):
    """One challenge."""

    serializer_class = data.ChallengeDetailData
    queryset = Challenge.objects.none()


class ChallengeAttachments(OfChallenges, ListAPIView):
    """The documents of a challenge, with the addresses of those one may open."""

    serializer_class, pagination_class = data.ChallengeAttachmentData, None
    queryset = Attachment.objects.none()

    def get_queryset(self):
        return rooms.attachments_of(self.seen)

    def get_serializer_context(self):
        allowed = room_services.readable(self.seen, self.request.membership)

        def address(one: Attachment) -> str | None:
            named = [self.seen.number, one.pk]
            return reverse("challenges:challenge_file", args=named) if allowed(one.is_confidential) else None

        return {**super().get_serializer_context(), "address": address}


urlpatterns = [
    path("challenge-seasons/", ListSeasons.as_view(), name="api_list_seasons"),
    path("challenge-seasons/<str:code>/", ListSeasonOne.as_view(), name="api_list_season"),
    path("challenges/", Challenges.as_view(), name="api_challenges"),
    path("challenges/<str:number>/", ChallengeOne.as_view(), name="api_challenge"),
    path("challenges/<str:number>/attachments/", ChallengeAttachments.as_view(), name="api_challenge_attachments"),
]
