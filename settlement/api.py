"""Money over HTTP: obligations, payments, ledger entries, and the address banks send their messages to."""

import logging

from django.core.cache import cache
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from prometheus_client import Counter
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.parsers import BaseParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import HasCapability
from foundation import audit
from foundation.core import api
from foundation.core.actors import SYSTEM
from foundation.core.errors import Invalid
from foundation.core.refs import Ref
from settlement import api_disputes, api_income, api_payouts, api_requests, gateways, queries, services
from settlement.gateways.base import SignatureWrong
from settlement.models.payments import new_order_id
from settlement.serializers import EntryData, NewObjection, NewPayment, ObligationData, PaymentData

CREATED = 201
LARGEST_MESSAGE = 64_000
NOTED_EVERY = 60  # seconds
REFUSED = Counter("kaixu_callbacks_refused", "Messages to a bank's address with a wrong signature", ["provider"])
STATE = OpenApiParameter("state", OpenApiTypes.STR, description="open, paid, cancelled, expired, refunding, refunded")
log = logging.getLogger(__name__)


class Own:
    """What the membership may see of a queryset of `queries`."""

    permission_classes = (HasCapability("see_money"),)
    source = None

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.source.visible_to(None)
        return self.source.visible_to(self.request.membership)


@extend_schema(parameters=[STATE])
class Obligations(Own, ListAPIView):
    """What the organization owes and is owed, newest first; `?state=` filters."""

    source, serializer_class, pagination_class = queries.obligations, ObligationData, api.NewestFirst
    filter_backends = ()

    def get_queryset(self):
        rows = super().get_queryset()
        state = self.request.query_params.get("state")
        return rows.filter(state=state[:40].replace("\x00", "")) if state else rows


class ObligationDetail(Own, RetrieveAPIView):
    """One obligation."""

    source, serializer_class, lookup_field = queries.obligations, ObligationData, "number"


class Payments(Own, api.Idempotent, GenericAPIView):
    """The attempts to pay an obligation. POST starts one and names the bank's page."""

    source, serializer_class = queries.obligations, PaymentData
    pagination_class, filter_backends = None, ()

    @extend_schema(responses=PaymentData(many=True))
    def get(self, request, number):
        obligation = get_object_or_404(self.get_queryset(), number=number)
        rows = queries.payments.visible_to(request.membership).filter(obligation=obligation)
        return Response(PaymentData(rows, many=True).data)

    @extend_schema(request=NewPayment, responses={CREATED: PaymentData})
    def post(self, request, number):
        obligation = get_object_or_404(self.get_queryset(), number=number)
        asked = NewPayment(data=request.data)
        asked.is_valid(raise_exception=True)
        key = request.headers.get(api.Idempotent.idempotency_header) or new_order_id()
        payment = services.begin_payment(
            obligation=obligation, actor=request.membership, key=f"api:{key}"[:120], **asked.validated_data
        )
        return Response(PaymentData(payment).data, status=CREATED)

    def committed(self, response):
        """The bank is asked when our row stands, and no transaction waits for its answer."""
        begun = queries.payments.visible_to(self.request.membership).get(
            order_id=response.data["order_id"], duplicate_of=None
        )
        response.data = PaymentData(services.place_order(payment=begun)).data
        return response


class Objections(Own, api.Idempotent, GenericAPIView):
    """POST: the payer objects to the release of paid money."""

    source, serializer_class, pagination_class, filter_backends = queries.obligations, NewObjection, None, ()

    @extend_schema(request=NewObjection, responses={CREATED: ObligationData})
    def post(self, request, number):
        obligation = get_object_or_404(self.get_queryset(), number=number)
        asked = NewObjection(data=request.data)
        asked.is_valid(raise_exception=True)
        services.raise_objection(obligation=obligation, actor=request.membership, **asked.validated_data)
        return Response(ObligationData(obligation).data, status=CREATED)


class Entries(Own, ListAPIView):
    """Journal entries that touch the organization's money, newest first; `?about=` a license or obligation number."""

    source, serializer_class, pagination_class = queries.entries, EntryData, api.NewestFirst
    filter_backends = ()

    @extend_schema(parameters=[OpenApiParameter("about", OpenApiTypes.STR, description="a public number")])
    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        rows = super().get_queryset()
        about = self.request.query_params.get("about", "")[:60].replace("\x00", "")
        if not about:
            return rows
        return (rows.filter(ref_number=about) | rows.filter(postings__ref_number=about)).distinct()


class Unread(BaseParser):
    """Leaves the body alone: its signature is over the bytes."""

    media_type = "*/*"

    def parse(self, stream, media_type=None, parser_context=None):
        return {}


class Callback(APIView):
    """POST: a bank's signed message (Standard Webhooks). Each message id has one effect; repeats answer 200."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (Unread,)

    @extend_schema(request=OpenApiTypes.OBJECT, responses={200: OpenApiTypes.OBJECT}, auth=[], tags=["payments"])
    def post(self, request, provider):
        body = request._request.body
        try:
            bank = gateways.gateway(provider)
        except gateways.NoGateway as error:
            raise Http404 from error
        if len(body) > LARGEST_MESSAGE:
            raise Invalid()
        try:
            event = bank.verify(headers=request.headers, body=body)
        except SignatureWrong:
            note_refusal(provider, len(body))
            raise
        return Response({"outcome": services.take_event(provider=provider, event=event)})


def note_refusal(provider: str, size: int) -> None:
    """Log and count every message with a wrong signature; the history takes one in `NOTED_EVERY` seconds.

    Anybody can send such messages, and history is never deleted.
    """
    log.warning("a message to the address of %s was refused: wrong signature", provider)
    REFUSED.labels(provider).inc()
    if cache.add(f"settlement:callback-refused:{provider}", 1, NOTED_EVERY):
        audit.record(
            "settlement.callback.refused",
            subject=Ref("settlement.callback", 0, provider),
            actor=SYSTEM,
            visibility="private",
            data={"bytes": size},
        )


urlpatterns = [
    path("obligations/", Obligations.as_view(), name="obligation-list"),
    path("obligations/<str:number>/", ObligationDetail.as_view(), name="obligation-detail"),
    path("obligations/<str:number>/payments/", Payments.as_view(), name="obligation-payments"),
    path("obligations/<str:number>/objections/", Objections.as_view(), name="obligation-objections"),
    path("ledger/entries/", Entries.as_view(), name="ledger-entries"),
    path("payments/callbacks/<slug:provider>/", Callback.as_view(), name="payment-callback"),
    *api_income.urlpatterns,
    *api_payouts.urlpatterns,
    *api_requests.urlpatterns,
    *api_disputes.urlpatterns,
]
