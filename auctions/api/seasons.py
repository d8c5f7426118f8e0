"""Seasons and their sessions over HTTP."""

import django_filters
from django.shortcuts import get_object_or_404
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny

from auctions.lifecycle import SeasonState, SessionState
from auctions.models import Season, Session
from auctions.queries import lots
from auctions.queries import seasons as asked
from auctions.serializers import market as data
from foundation.core.paging import Counted


class SeasonFilter(django_filters.FilterSet):
    """By state."""

    state = django_filters.MultipleChoiceFilter(choices=[(str(one), str(one)) for one in SeasonState])

    class Meta:
        model = Season
        fields = ["state"]


class SessionFilter(django_filters.FilterSet):
    """By state."""

    state = django_filters.MultipleChoiceFilter(choices=[(str(one), str(one)) for one in SessionState])

    class Meta:
        model = Session
        fields = ["state"]


class LatestCode(Counted):
    """The latest season first."""

    ordering = "-code"


class ByPosition(Counted):
    """In the order of the season."""

    ordering = "position"


class Seasons(ListAPIView):
    """Seasons that were announced, the latest first; drafts too for those who conduct them."""

    serializer_class, pagination_class, filterset_class = data.SeasonData, LatestCode, SeasonFilter
    permission_classes = [AllowAny]
    queryset = Season.objects.none()

    def get_queryset(self):
        return asked.with_counts(lots.seasons_visible_to(self.request.membership))


class SeasonOne(RetrieveAPIView):
    """One season with its rules."""

    serializer_class = data.SeasonDetailData
    permission_classes, filter_backends = [AllowAny], ()
    queryset, lookup_field = Season.objects.none(), "code"

    def get_object(self):
        return get_object_or_404(asked.season(self.request.membership, self.kwargs["code"]))


class Sessions(ListAPIView):
    """The sessions of a season whose notice is published."""

    serializer_class, pagination_class, filterset_class = data.SessionData, ByPosition, SessionFilter
    permission_classes = [AllowAny]
    queryset = Session.objects.none()

    def get_queryset(self):
        season = get_object_or_404(asked.season(self.request.membership, self.kwargs["code"]))
        return asked.sessions_of(season).select_related("season")


class SessionOne(RetrieveAPIView):
    """One session of a season."""

    serializer_class = data.SessionData
    permission_classes, filter_backends = [AllowAny], ()
    queryset, lookup_field = Session.objects.none(), "position"

    def get_object(self):
        season = get_object_or_404(asked.season(self.request.membership, self.kwargs["code"]))
        return get_object_or_404(asked.sessions_of(season).select_related("season"), position=self.kwargs["position"])
