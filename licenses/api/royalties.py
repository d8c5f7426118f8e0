"""Royalty periods and reports over HTTP: the same services as the pages."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.response import Response

from accounts.permissions import HasCapability
from foundation.core import api
from foundation.core.bodies import without_body
from foundation.core.serializers import MoneyField, Strict, TextField
from licenses.models import ReportLine, RoyaltyPeriod, RoyaltyReport
from licenses.queries import royalties
from licenses.services import royalty_answers, royalty_reports

MOST_LINES = 500


class SoldLine(Strict):
    """One product; amounts in yuan."""

    product = TextField(max_length=200)
    model = TextField(max_length=100, required=False, default="", allow_blank=True)
    quantity = serializers.DecimalField(max_digits=15, decimal_places=3, min_value=Decimal("0.001"))
    unit_price = MoneyField()
    returns = MoneyField(required=False)
    discounts = MoneyField(required=False)
    apart = MoneyField(required=False)
    costs = MoneyField(required=False)


class Report(Strict):
    """The whole report: lines, or the statement that nothing was sold."""

    lines = SoldLine(many=True, required=False, default=list, max_length=MOST_LINES)
    nothing_sold = serializers.BooleanField(required=False, default=False)
    remark = TextField(multiline=True, max_length=1000, required=False, default="", allow_blank=True)
    signatory = TextField(max_length=100)
    is_true = serializers.BooleanField()


class Question(Strict):
    """What is unclear."""

    reason = TextField(multiline=True, max_length=1000)


class RoyaltyLineData(serializers.ModelSerializer):
    """A line as it was sent."""

    unit_price = MoneyField(source="unit_price_fen")
    sales = MoneyField(source="sales_fen")
    returns = MoneyField(source="returns_fen")
    discounts = MoneyField(source="discounts_fen")
    apart = MoneyField(source="apart_fen")
    costs = MoneyField(source="costs_fen")
    base = MoneyField()

    class Meta:
        model = ReportLine
        fields = [
            "position", "product", "model", "quantity", "unit_price", "sales", "returns", "discounts", "apart", "costs",
            "base",
        ]  # fmt: skip
        read_only_fields = fields


class ReportData(serializers.ModelSerializer):
    """A version that was sent."""

    base = MoneyField()
    royalty = MoneyField()
    lines = RoyaltyLineData(many=True)
    remarks = serializers.SlugRelatedField(slug_field="text", many=True, read_only=True)

    class Meta:
        model = RoyaltyReport
        fields = [
            "version", "reported_at", "nothing_sold", "base", "units", "royalty", "signatory", "remark", "sha256",
            "lines", "remarks",
        ]  # fmt: skip
        read_only_fields = fields


class PeriodData(serializers.ModelSerializer):
    """A royalty period; dates Asia/Shanghai, deadlines UTC and half-open, amounts yuan."""

    license = serializers.CharField(source="license.number")
    base = MoneyField()
    royalty = MoneyField()
    obligation = serializers.CharField(source="obligation.number", default=None, allow_null=True)

    class Meta:
        model = RoyaltyPeriod
        fields = [
            "number", "state", "license", "sequence", "starts_on", "ends_on", "license_year", "report_due_at",
            "answer_due_at", "pay_due_at", "accepted_at", "paid_at", "base", "units", "royalty", "obligation",
        ]  # fmt: skip
        read_only_fields = fields


class SeesMoney:
    """Mixin: periods one may see."""

    permission_classes = [HasCapability("see_money")]
    queryset = RoyaltyPeriod.objects.none()

    def get_queryset(self):
        return royalties.visible_to(self.request.membership).order_by("-pk")


class Periods(SeesMoney, ListAPIView):
    """Royalty periods of one's organization's licenses, either side, newest first."""

    serializer_class = PeriodData


class OnePeriod(SeesMoney, RetrieveAPIView):
    """One period."""

    serializer_class = PeriodData
    lookup_field = "number"


class Reports(api.Idempotent):
    """The versions of the report that were sent; sending one."""

    def get_permissions(self):
        return [HasCapability("take_license" if self.request.method == "POST" else "see_money")()]

    @extend_schema(responses={200: ReportData(many=True)})
    def get(self, request, number):
        period = get_object_or_404(royalties.visible_to(request.membership), number=number)
        return Response(ReportData(royalties.sent_reports(period), many=True).data)

    @extend_schema(request=Report, responses={201: PeriodData})
    def post(self, request, number):
        period = get_object_or_404(royalties.taken_by(request.membership), number=number)
        body = Report(data=request.data)
        body.is_valid(raise_exception=True)
        done = royalty_reports.report(period=period, actor=request.membership, **body.validated_data)
        return Response(PeriodData(done).data, status=status.HTTP_201_CREATED)


class Acceptances(api.Idempotent):
    """The licensor takes the report as it stands."""

    permission_classes = [HasCapability("declare")]

    @extend_schema(request=None, responses={201: PeriodData})
    @without_body
    def post(self, request, number):
        period = get_object_or_404(royalties.granted_by(request.membership), number=number)
        done = royalty_answers.accept_report(period=period, actor=request.membership)
        return Response(PeriodData(done).data, status=status.HTTP_201_CREATED)


class Questions(api.Idempotent):
    """The licensor sends the report back with a question."""

    permission_classes = [HasCapability("declare")]

    @extend_schema(request=Question, responses={201: PeriodData})
    def post(self, request, number):
        period = get_object_or_404(royalties.granted_by(request.membership), number=number)
        body = Question(data=request.data)
        body.is_valid(raise_exception=True)
        reason = body.validated_data["reason"]
        done = royalty_answers.question_report(period=period, reason=reason, actor=request.membership)
        return Response(PeriodData(done).data, status=status.HTTP_201_CREATED)


ONE = "royalty-periods/<str:number>/"
urlpatterns = [
    path("royalty-periods/", Periods.as_view(), name="api_royalty_periods"),
    path(ONE, OnePeriod.as_view(), name="api_royalty_period"),
    path(f"{ONE}reports/", Reports.as_view(), name="api_royalty_reports"),
    path(f"{ONE}acceptances/", Acceptances.as_view(), name="api_royalty_acceptances"),
    path(f"{ONE}questions/", Questions.as_view(), name="api_royalty_questions"),
]
