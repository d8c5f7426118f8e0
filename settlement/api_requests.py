"""Asking money back over HTTP: the same services as the pages. A second person decides at `reviews/`."""

import django_filters
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.permissions import HasCapability
from foundation.core import api
from foundation.core.acts import Act, Making
from settlement import queries, rules_payouts
from settlement.api_own import Own
from settlement.lifecycle_disputes import RequestState
from settlement.serializers_payouts import NewRefundRequest, RefundDecision, RefundRequestData
from settlement.services import refund_requests


class RequestFilter(django_filters.FilterSet):
    """By state, and by the number of the obligation."""

    state = django_filters.ChoiceFilter(choices=[(str(one), str(one)) for one in RequestState])
    obligation = django_filters.CharFilter(field_name="obligation__number", max_length=40)


class OfRequests(Own):
    """The requests one may see, with their refunds."""

    source, serializer_class = queries.refund_requests, RefundRequestData

    def get_queryset(self):
        return super().get_queryset().prefetch_related("refunds")


class RefundRequests(OfRequests, ListAPIView):
    """Refund requests of either side, newest first."""

    pagination_class, filterset_class = api.NewestFirst, RequestFilter
    filter_backends = (DjangoFilterBackend,)


class RefundRequestOne(OfRequests, RetrieveAPIView):
    """One request."""


class AskBack(Own, Making):
    """Ask for (a part of) what was paid for an obligation back."""

    source, serializer_class = queries.obligations, RefundRequestData
    asked, argument, service = NewRefundRequest, "obligation", staticmethod(refund_requests.ask_back)
    may = staticmethod(rules_payouts.may_ask_back)


class RequestDecisions(OfRequests, Act):
    """Finance grants an amount or refuses; above the limit a second person decides."""

    permission_classes = (HasCapability("settle"),)
    asked, argument, service = RefundDecision, "request", staticmethod(refund_requests.review_request)

    def arguments(self, one, sent):
        return {"granted": sent.get("granted"), "opinion": sent["opinion"]}


class RequestWithdrawals(OfRequests, Act):
    """Take back a request that nobody has reviewed."""

    argument, service = "request", staticmethod(refund_requests.withdraw_request)
    may = staticmethod(rules_payouts.may_ask_back)


ONE = "refund-requests/<str:number>/"
urlpatterns = [
    path("obligations/<str:number>/refund-requests/", AskBack.as_view(), name="api_ask_back"),
    path("refund-requests/", RefundRequests.as_view(), name="api_refund_requests"),
    path(ONE, RefundRequestOne.as_view(), name="api_refund_request"),
    path(f"{ONE}decisions/", RequestDecisions.as_view(), name="api_refund_request_decisions"),
    path(f"{ONE}withdrawals/", RequestWithdrawals.as_view(), name="api_refund_request_withdrawals"),
]
