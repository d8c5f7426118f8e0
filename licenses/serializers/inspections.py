"""Inspections of the licensee's books as the API shows and accepts them."""

import json

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.core.serializers import AMOUNT, MoneyField, Strict, TextField
from licenses.models import InspectionFinding, RoyaltyInspection

MOST_PERIODS = 500


class FindingData(serializers.ModelSerializer):
    """What the books show for one period, beside what was reported."""

    period = serializers.CharField(source="period.number")
    reported, found = MoneyField(), MoneyField()

    class Meta:
        model = InspectionFinding
        fields = ["period", "reported", "found"]
        read_only_fields = fields


class InspectionPaperData(serializers.Serializer):
    """The inspector's report."""

    name = serializers.CharField(source="original_name")
    sha256 = serializers.CharField()
    url = serializers.SerializerMethodField()

    def get_url(self, file) -> str:
        return reverse("api_file", args=[file.pk])


class InspectionData(serializers.ModelSerializer):
    """An inspection; what it costs whom once the findings are on the table. Days Asia/Shanghai."""

    state = serializers.CharField()
    license = serializers.CharField(source="license.number")
    shortfall, cost = MoneyField(), MoneyField()
    findings = FindingData(many=True)
    paper = InspectionPaperData(allow_null=True)
    obligation = serializers.CharField(source="obligation.number", default=None, allow_null=True)
    cost_obligation = serializers.CharField(source="cost_obligation.number", default=None, allow_null=True)

    class Meta:
        model = RoyaltyInspection
        fields = [
            "number", "state", "license", "inspector", "inspects_on", "reason", "found_at", "summary", "findings",
            "shortfall", "cost", "cost_is_licensees", "paper", "answer_due_at", "answer", "obligation",
            "cost_obligation",
        ]  # fmt: skip
        read_only_fields = fields


class NewInspection(Strict):
    """Who inspects when (at least five days ahead) and why."""

    inspector = TextField(max_length=200)
    inspects_on = serializers.DateField()
    reason = TextField(multiline=True, max_length=1000)


@extend_schema_field({"type": "object", "additionalProperties": AMOUNT, "minProperties": 1})
class FoundField(serializers.Field):
    """Amounts by the number of the period, as JSON in its part of the form; gives {number: Money}."""

    default_error_messages = {"invalid": _("Send a JSON object: the amount by the number of each period.")}

    def to_internal_value(self, data):
        try:
            found = json.loads(data) if isinstance(data, str) else data
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not 0 < len(found) <= MOST_PERIODS:
            self.fail("invalid")
        return {number: MoneyField().to_internal_value(amount) for number, amount in found.items()}


class NewFindings(Strict):
    """What the books show for each period that differs, and what the inspection cost."""

    found = FoundField(help_text='{"JSRY-2026-000001-A": "1063830.00"}')
    summary = TextField(multiline=True, max_length=2000)
    cost = MoneyField()
    file = serializers.FileField()


class InspectionReason(Strict):
    """Why."""

    reason = TextField(multiline=True, max_length=1000)
