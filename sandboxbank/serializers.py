"""What the bank's interface accepts and shows."""

from rest_framework import serializers

from foundation.core.serializers import Strict, TextField
from sandboxbank.models import Movement, Order
from sandboxbank.scenarios import Scenario
from sandboxbank.services import LONGEST_DELAY

LARGEST_FEN = 10**15
ID = r"^[A-Za-z0-9_-]{8,64}$"


class NewOrder(Strict):
    """A merchant asks for a collection."""

    order_id = serializers.RegexField(ID)
    amount_fen = serializers.IntegerField(min_value=1, max_value=LARGEST_FEN)
    currency = serializers.ChoiceField(["CNY"], default="CNY")
    subject = TextField(max_length=200)
    payer = TextField(max_length=200, allow_blank=True, default="")
    notify_url = serializers.URLField(max_length=500)
    return_url = serializers.URLField(max_length=500, allow_blank=True, default="")
    expires_at = serializers.DateTimeField(allow_null=True, default=None)


class NewRefund(Strict):
    """A merchant sends money back."""

    refund_id = serializers.RegexField(ID)
    transaction_id = serializers.RegexField(ID)
    amount_fen = serializers.IntegerField(min_value=1, max_value=LARGEST_FEN)
    currency = serializers.ChoiceField(["CNY"], default="CNY")
    notify_url = serializers.URLField(max_length=500)


class NewPayout(Strict):
    """A merchant pays out."""

    payout_id = serializers.RegexField(ID)
    holder = TextField(max_length=200, allow_blank=True, default="")
    account = TextField(max_length=60)
    bank_code = serializers.CharField(max_length=12, allow_blank=True, default="")
    amount_fen = serializers.IntegerField(min_value=1, max_value=LARGEST_FEN)
    text = TextField(max_length=200, allow_blank=True, default="")
    notify_url = serializers.URLField(max_length=500, allow_blank=True, default="")


class SandboxPayment(Strict):
    """The payer pays, in the way of a scenario."""

    scenario = serializers.ChoiceField(
        [str(one) for one in Scenario],
        default=str(Scenario.NORMAL),
        help_text="normal, delay (told after 30 s), late (booked after the deadline), twice (booked twice), "
        "out_of_order (messages), wrong_amount (one yuan less), failing (no money moves)",
    )
    delay_seconds = serializers.IntegerField(
        min_value=0, max_value=LONGEST_DELAY, default=0, help_text="seconds until the merchant is told"
    )


class StatementDay(serializers.Serializer):
    """Which day of the statement."""

    date = serializers.DateField(default=None, allow_null=True)


class MovementData(serializers.ModelSerializer):
    """A booked movement of play money; amounts in fen."""

    transaction_id = serializers.CharField(source="movement_id")

    class Meta:
        model = Movement
        fields = ["transaction_id", "kind", "amount_fen", "currency", "booked_at"]


class OrderData(serializers.ModelSerializer):
    """An order as its payer sees it; amounts in fen."""

    status = serializers.CharField()
    movements = MovementData(many=True)

    class Meta:
        model = Order
        fields = ["order_id", "amount_fen", "currency", "subject", "status", "expires_at", "return_url", "movements"]
