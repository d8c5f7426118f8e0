"""The ranking with all scores, and an expert's own seats, over HTTP: the same visibility as the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny

from accounts.permissions import IsMember
from challenges.models import Challenge, Seat
from challenges.presentation import desk, ranking
from challenges.queries import judging, proposals
from challenges.serializers import judging as data
from challenges.services import scores
from foundation.core.acts import Act
from foundation.core.api import NewestFirst
from foundation.core.errors import Invalid


class Ranking(RetrieveAPIView):
    """The ranking and every score it follows from; for everybody from the public notice of the selection on."""

    serializer_class, queryset = data.RankingData, Challenge.objects.none()
    permission_classes, filter_backends = (AllowAny,), ()

    def get_object(self):
        seen = judging.rankings_visible_to(self.request.membership)
        return ranking.record(get_object_or_404(seen, number=self.kwargs["number"]))


class IsExpert(IsMember):
    """Experts only."""

    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.membership.role == "expert"


class Seats(ListAPIView):
    """Own seats on panels, newest first."""

    serializer_class, queryset, pagination_class = data.SeatData, Seat.objects.none(), NewestFirst
    permission_classes, filter_backends = (IsExpert,), ()

    def get_queryset(self):
        return proposals.seats_of(self.request.membership)


class OfSeat:
    """An own seat with the proposals on it."""

    serializer_class, queryset = data.SeatDetailData, Seat.objects.none()
    permission_classes, filter_backends = (IsExpert,), ()

    def get_object(self):
        seat = get_object_or_404(proposals.seats_of(self.request.membership), pk=self.kwargs["pk"])
        seat.queue = desk.queue(seat, self.request.membership)
        return seat


class SeatOne(OfSeat, RetrieveAPIView):
    """One own seat and the proposals one reads on it."""


class HandIn(OfSeat, Act):
    """Hand in all scores of one proposal; the answer is the seat."""

    asked, service, argument = data.ScoresSent, staticmethod(scores.hand_in), "seat"

    def arguments(self, one, sent):
        seen = proposals.visible_to(self.request.membership).filter(challenge=one.challenge_id)
        proposal = seen.filter(number=sent["proposal"]).first()
        if proposal is None:
            raise Invalid(_("You read no such proposal on this seat."), field="proposal")
        places = {criterion.position: criterion.pk for criterion in one.challenge.criteria.all()}
        if unknown := {row["position"] for row in sent["scores"]} - places.keys():
            raise Invalid(_("There is no criterion {position}."), field="scores", position=min(unknown))
        given = {places[row["position"]]: (row["points"], row["comment"]) for row in sent["scores"]}
        return {"proposal": proposal, "given": given}


urlpatterns = [
    path("challenges/<str:number>/ranking/", Ranking.as_view(), name="api_challenge_ranking"),
    path("challenge-seats/", Seats.as_view(), name="api_challenge_seats"),
    path("challenge-seats/<int:pk>/", SeatOne.as_view(), name="api_challenge_seat"),
    path("challenge-seats/<int:pk>/scores/", HandIn.as_view(), name="api_challenge_scores"),
]
