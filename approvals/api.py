"""The API of the review desk: list, claim, decide."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.permissions import BasePermission
from rest_framework.response import Response

from accounts.permissions import HasCapability
from accounts.rules import can
from approvals import queries, serializers, services
from approvals.lifecycle import State
from foundation.core import handlers
from foundation.core.api import Idempotent
from foundation.core.bodies import without_body

STATE = OpenApiParameter("state", str, enum=[str(state) for state in State])
KIND = OpenApiParameter("kind", str, description="licenses.terms, licenses.withdrawal, accounts.verification ...")


def shown(review, request) -> dict:
    """A case with its facts and checks."""
    facts = handlers.call(f"review.facts:{review.kind}", review=review)
    review.facts = [
        {"label": str(label), "value": str(value), "field": field, "agrees": agrees}
        for label, value, field, agrees in facts["sections"]
    ]
    review.checks = facts["checks"]
    review.blocking = facts.get("blocking_codes", [])
    return serializers.CaseShown(review, context={"request": request}).data


class MayRead(BasePermission):
    """Officers, and whoever reads the whole history."""

    def has_permission(self, request, view):
        me = request.membership
        return can(me, "review") or can(me, "audit_read")


class ReviewView(GenericAPIView):
    """What the endpoints of one case share."""

    permission_classes = [HasCapability("review")]
    queryset = queries.reviews.visible_to(None)

    def review(self, number):
        return get_object_or_404(queries.reviews.visible_to(self.request.membership), number=number)


class Reviews(ListAPIView):
    """Cases in scope, oldest first."""

    serializer_class = serializers.ReviewShown
    permission_classes = [MayRead]
    filter_backends: list = []
    queryset = queries.reviews.visible_to(None)

    def get_queryset(self):
        found = queries.reviews.visible_to(self.request.membership)
        state, kind = self.request.query_params.get("state"), self.request.query_params.get("kind")
        if state in set(State):
            found = found.filter(state=state)
        if kind:
            found = found.filter(kind=kind.replace("\x00", "")[:60])
        return found

    @extend_schema(parameters=[STATE, KIND])
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)


class ReviewOne(ReviewView):
    """One case with facts, checks and decisions."""

    serializer_class = serializers.CaseShown
    permission_classes = [MayRead]

    def get(self, request, number):
        return Response(shown(self.review(number), request))


class Claims(Idempotent, ReviewView):
    """Claim a case; DELETE puts it back."""

    serializer_class = serializers.ReviewShown

    @extend_schema(request=None, responses={201: serializers.ReviewShown})
    @without_body
    def post(self, request, number):
        review = services.claim(review=self.review(number), actor=request.membership)
        return Response(self.get_serializer(self.review(review.number)).data, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request, number):
        services.release(review=self.review(number), actor=request.membership)
        return Response(status=204)


class Decisions(Idempotent, ReviewView):
    """Decide a claimed case."""

    serializer_class = serializers.DecisionShown

    @extend_schema(request=serializers.DecisionRequest, responses={201: serializers.DecisionShown})
    def post(self, request, number):
        review = self.review(number)
        accepted = serializers.DecisionRequest(data=request.data)
        accepted.is_valid(raise_exception=True)
        data = dict(accepted.validated_data)
        with transaction.atomic():
            for remark in data.pop("corrections", []):
                services.remark(review=review, actor=request.membership, **remark)
            decision = services.decide(review=review, actor=request.membership, **data)
        return Response(self.get_serializer(decision).data, status=201)


class Undos(Idempotent, ReviewView):
    """Take an approval back before it takes effect; the case is claimed again."""

    serializer_class = serializers.ReviewShown

    @extend_schema(request=serializers.ReasonRequest, responses={201: serializers.ReviewShown})
    def post(self, request, number):
        review = self.review(number)
        accepted = serializers.ReasonRequest(data=request.data)
        accepted.is_valid(raise_exception=True)
        services.undo_approval(review=review, actor=request.membership, **accepted.validated_data)
        return Response(self.get_serializer(self.review(number)).data, status=201)


urlpatterns = [
    path("reviews/", Reviews.as_view(), name="api_reviews"),
    path("reviews/<str:number>/", ReviewOne.as_view(), name="api_review"),
    path("reviews/<str:number>/claims/", Claims.as_view(), name="api_claims"),
    path("reviews/<str:number>/decisions/", Decisions.as_view(), name="api_decisions"),
    path("reviews/<str:number>/undos/", Undos.as_view(), name="api_review_undos"),
]
