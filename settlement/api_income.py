"""Distributions of income and invoices over HTTP: the same services as the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from foundation.core import api
from foundation.core.serializers import MoneyField, Strict, TextField
from settlement import queries
from settlement.api_own import Own
from settlement.models import Distribution, DistributionLine, Invoice, InvoiceLine
from settlement.queries import income as incomes
from settlement.queries.invoices import invoices
from settlement.services import invoicing, red_letters

CREATED = 201
MOST = 50


class DistributionLineData(serializers.ModelSerializer):
    """One part; inventors by name, without their accounts."""

    part = serializers.CharField(source="kind")
    amount = MoneyField(source="amount_fen")

    class Meta:
        model = DistributionLine
        fields = ["part", "name", "amount", "accepted_at", "paid_at"]
        read_only_fields = fields


class DistributionData(serializers.ModelSerializer):
    """How an institution shares its part of an income. `lines` add up to `income`."""

    patent = serializers.CharField(source="patent.number")
    institution = serializers.CharField(source="institution.public_id")
    obligation = serializers.CharField(source="share.income.obligation.number")
    state = serializers.CharField()
    income = MoneyField(source="income_fen")
    net = MoneyField(source="net_fen")
    policy_version = serializers.IntegerField(source="policy.version")
    lines = DistributionLineData(many=True)

    class Meta:
        model = Distribution
        fields = [
            "number", "state", "institution", "patent", "obligation", "income", "net", "policy_version", "delegated",
            "received_on", "notice_from", "notice_until", "lines",
        ]  # fmt: skip
        read_only_fields = fields


class InvoiceLineData(serializers.ModelSerializer):
    """One component; the rate in basis points."""

    obligation = serializers.CharField(source="obligation.number")
    component = serializers.CharField()
    net = MoneyField(source="net_fen")
    vat = MoneyField(source="vat_fen")

    class Meta:
        model = InvoiceLine
        fields = ["component", "label", "obligation", "net", "vat", "rate_bp", "exempt_reason"]
        read_only_fields = fields


class InvoiceData(serializers.ModelSerializer):
    """An invoice, or a red letter that takes one back (`reverses`, amounts below zero)."""

    seller = serializers.CharField(source="issuer.public_id")
    buyer = serializers.CharField(source="buyer.public_id")
    invoice_kind = serializers.CharField(source="kind")
    state = serializers.CharField()
    reverses = serializers.CharField(source="reverses.number", default=None, allow_null=True)
    net, vat, gross = MoneyField(), MoneyField(), MoneyField()
    lines = InvoiceLineData(many=True)

    class Meta:
        model = Invoice
        fields = [
            "number", "state", "invoice_kind", "seller", "buyer", "title", "uscc", "registration_number", "code",
            "issued_on", "sent_at", "reverses", "reason", "net", "vat", "gross", "lines",
        ]  # fmt: skip
        read_only_fields = fields


class NewInvoice(Strict):
    """Paid obligations of one payee; title and taxpayer number are the buyer's own where left empty."""

    obligations = serializers.ListField(child=TextField(identifier=True, max_length=40), min_length=1, max_length=MOST)
    invoice_kind = serializers.ChoiceField(choices=["ordinary", "special"], default="ordinary")
    title = TextField(max_length=200, required=False, default="", allow_blank=True)
    uscc = TextField(max_length=30, identifier=True, required=False, default="", allow_blank=True)
    registration_number = TextField(max_length=60, identifier=True, required=False, default="", allow_blank=True)


class Issue(Strict):
    """What the tax authority's platform gave."""

    code = TextField(max_length=30, identifier=True)
    issued_on = serializers.DateField()


class Distributions(Own, ListAPIView):
    """The organization's distributions of income, newest first."""

    source, serializer_class, pagination_class = incomes.distributions, DistributionData, api.NewestFirst

    def get_queryset(self):
        return super().get_queryset().prefetch_related("lines")


class DistributionOne(Own, RetrieveAPIView):
    """One distribution with every part."""

    source, serializer_class = incomes.distributions, DistributionData


class Invoices(Own, api.Idempotent, ListAPIView):
    """The organization's invoices on both sides, newest first. POST asks the seller for one."""

    source, serializer_class, pagination_class = invoices, InvoiceData, api.NewestFirst

    @extend_schema(request=NewInvoice, responses={CREATED: InvoiceData})
    def post(self, request):
        asked = NewInvoice(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = dict(asked.validated_data)
        numbers = fields.pop("obligations")
        seen = queries.obligations.visible_to(request.membership)
        rows = [get_object_or_404(seen, number=number) for number in dict.fromkeys(numbers)]
        key = request.headers.get(api.Idempotent.idempotency_header) or ",".join(sorted(numbers))
        made = invoicing.request_invoice(
            obligations=rows,
            actor=request.membership,
            kind=fields.pop("invoice_kind"),
            key=f"api:{key}"[:100],
            **fields,
        )
        return Response(InvoiceData(made).data, status=CREATED)


class InvoiceOne(Own, RetrieveAPIView):
    """One invoice with its lines."""

    source, serializer_class = invoices, InvoiceData


class Issuing(Own, api.Idempotent, GenericAPIView):
    """POST: the seller notes the code under which the tax authority issued the invoice."""

    source, serializer_class, pagination_class = invoices, Issue, None

    @extend_schema(request=Issue, responses=InvoiceData)
    def post(self, request, number):
        invoice = get_object_or_404(self.get_queryset(), number=number)
        asked = Issue(data=request.data)
        asked.is_valid(raise_exception=True)
        service = red_letters.issue_red if invoice.is_red else invoicing.issue
        return Response(InvoiceData(service(invoice=invoice, actor=request.membership, **asked.validated_data)).data)


urlpatterns = [
    path("distributions/", Distributions.as_view(), name="api_distributions"),
    path("distributions/<str:number>/", DistributionOne.as_view(), name="api_distribution"),
    path("invoices/", Invoices.as_view(), name="api_invoices"),
    path("invoices/<str:number>/", InvoiceOne.as_view(), name="api_invoice"),
    path("invoices/<str:number>/issue/", Issuing.as_view(), name="api_invoice_issue"),
]
