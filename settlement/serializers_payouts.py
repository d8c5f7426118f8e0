"""Payouts, their runs and refund requests as the API shows and accepts them."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation.core.serializers import MoneyField, Strict, TextField
from settlement import rules
from settlement.models import Payout, PayoutRun, Refund, RefundRequest

LONGEST = 2000
OUTCOMES = ["grant", "refuse"]


class PayoutRunData(serializers.ModelSerializer):
    """A list of payouts. `count` and `total` leave out what was dropped."""

    state = serializers.CharField()
    count = serializers.IntegerField(read_only=True)
    total = MoneyField(source="total_fen", read_only=True)
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = PayoutRun
        fields = ["number", "state", "rail", "note", "count", "total", "needs_second", "has_file", "created_at"]
        read_only_fields = fields

    def get_has_file(self, run) -> bool:
        return run.file_id is not None


class PayoutData(serializers.ModelSerializer):
    """One transfer to a payee; of its account the last digits. `run` is for finance and the auditor."""

    state = serializers.CharField()
    run = serializers.SerializerMethodField()
    payee = serializers.CharField(source="party.public_id", default=None, allow_null=True)
    about = serializers.CharField(source="ref_number")
    refund = serializers.CharField(source="refund.number", default=None, allow_null=True)
    amount = MoneyField()
    account = serializers.CharField(source="number_masked")

    class Meta:
        model = Payout
        fields = [
            "number", "state", "run", "payee", "about", "refund", "amount", "currency", "holder", "account",
            "bank_name", "bank_code", "transaction_id", "paid_on", "problem",
        ]  # fmt: skip
        read_only_fields = fields

    def get_run(self, payout) -> str | None:
        return payout.run.number if rules.sees_all(self.context["request"].membership) else None


class RefundData(serializers.ModelSerializer):
    """Money on its way back, or back."""

    state = serializers.CharField()
    amount = MoneyField()

    class Meta:
        model = Refund
        fields = ["number", "state", "amount"]
        read_only_fields = fields


class RefundRequestData(serializers.ModelSerializer):
    """What is asked back and what finance found; `refunds` once it was granted."""

    state = serializers.CharField()
    obligation = serializers.CharField(source="obligation.number")
    payer = serializers.CharField(source="obligation.debtor.public_id")
    payee = serializers.CharField(source="obligation.creditor.public_id")
    amount = MoneyField()
    granted = MoneyField(allow_null=True)
    refunds = RefundData(many=True)

    class Meta:
        model = RefundRequest
        fields = [
            "number", "state", "obligation", "payer", "payee", "kind", "amount", "granted", "currency", "text",
            "opinion", "created_at", "refunds",
        ]  # fmt: skip
        read_only_fields = fields


class NewPayoutRun(Strict):
    """How the money is to be sent: `file` (pain.001 for the bank), or a rail that pays out."""

    rail = TextField(identifier=True, max_length=20)
    note = TextField(max_length=500, required=False, default="", allow_blank=True)


class PayoutReason(Strict):
    """Why."""

    reason = TextField(max_length=200)


class NewRefundRequest(Strict):
    """Why how much should come back."""

    kind = serializers.ChoiceField(choices=RefundRequest.Kind.choices)
    amount = MoneyField(minimum=1)
    text = TextField(multiline=True, max_length=LONGEST)


class RefundDecision(Strict):
    """`grant` with the amount to be sent back, or `refuse`; both with reasons."""

    outcome = serializers.ChoiceField(choices=OUTCOMES)
    granted = MoneyField(minimum=1, required=False)
    opinion = TextField(multiline=True, max_length=LONGEST)

    def validate(self, data):
        if (data["outcome"] == "grant") == ("granted" in data):
            return data
        required = self.fields["granted"].error_messages["required"]
        superfluous = _("Leave this out where the request is refused.")
        raise serializers.ValidationError({"granted": required if data["outcome"] == "grant" else superfluous})
