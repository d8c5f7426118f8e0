"""Money as the API shows it: amounts in yuan as texts with two decimals, moments in UTC."""

from rest_framework import serializers

from foundation.core.serializers import MoneyField, Strict, TextField
from settlement.models import JournalEntry, Obligation, Payment, Posting


class PaymentData(serializers.ModelSerializer):
    """An attempt to pay. `redirect_url` is the bank's page; `order_id` names the order there."""

    amount = MoneyField(read_only=True)
    received = MoneyField(read_only=True)
    refunded = MoneyField(source="refunded_fen", read_only=True)
    state = serializers.CharField(read_only=True)

    class Meta:
        model = Payment
        fields = [
            "order_id",
            "provider",
            "state",
            "amount",
            "received",
            "refunded",
            "currency",
            "reason",
            "paid_at",
            "redirect_url",
        ]
        read_only_fields = fields


class ObligationData(serializers.ModelSerializer):
    """What one party owes another."""

    debtor = serializers.CharField(source="debtor.public_id", read_only=True)
    creditor = serializers.CharField(source="creditor.public_id", read_only=True)
    about = serializers.CharField(source="ref_number", read_only=True)
    amount = MoneyField(read_only=True)
    left = MoneyField(read_only=True)
    state = serializers.CharField(read_only=True)

    class Meta:
        model = Obligation
        fields = [
            "number", "purpose", "label", "about", "debtor", "creditor", "amount", "left", "currency", "state",
            "due_at", "paid_at", "release_at", "released_at",
        ]  # fmt: skip
        read_only_fields = fields


class NewPayment(Strict):
    """How to come back from the bank; empty: to this platform's page. `rail` is a way of paying that is open."""

    rail = serializers.CharField(required=False, allow_blank=True, default="", max_length=20)
    return_url = serializers.URLField(required=False, allow_blank=True, default="", max_length=400)


class NewObjection(Strict):
    """Why the money must not be released yet."""

    reason = TextField(multiline=True, max_length=1000)


class LineData(serializers.ModelSerializer):
    """One side of an entry."""

    account = serializers.CharField(source="account_id")
    debit = MoneyField(source="debit_fen")
    credit = MoneyField(source="credit_fen")
    about = serializers.CharField(source="ref_number")
    party = serializers.CharField(source="party.public_id", default=None, allow_null=True)

    class Meta:
        model = Posting
        fields = ["account", "debit", "credit", "currency", "party", "about"]


class EntryData(serializers.ModelSerializer):
    """A journal entry with its lines; debits equal credits."""

    number = serializers.CharField()
    about = serializers.CharField(source="ref_number")
    reverses = serializers.SerializerMethodField()
    lines = LineData(source="postings", many=True)

    class Meta:
        model = JournalEntry
        fields = ["number", "kind", "about", "posted_at", "value_date", "reverses", "reason", "lines"]

    def get_reverses(self, entry) -> str | None:
        return f"L-{entry.reverses_id:06d}" if entry.reverses_id else None
