"""Registrations as their own party reads them, and the acts of officers and sellers on a lot."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from auctions.models import Registration
from foundation.core.serializers import MoneyField, Strict, TextField


def stated(value: bool) -> bool:
    """A statement that has to be made. Raises ValidationError."""
    if not value:
        raise serializers.ValidationError(_("This statement has to be made."), code="not_stated")
    return value


class AuctionRegistrationData(serializers.ModelSerializer):
    """A registration for a lot; the deposit is paid as the obligation it names. Nobody else reads it."""

    lot = serializers.CharField(source="lot.number")
    obligation = serializers.CharField(source="obligation.number", default=None, allow_null=True)
    deposit = MoneyField(source="obligation.amount", default=None, allow_null=True)
    deposit_state = serializers.CharField(source="obligation.state", default=None, allow_null=True)
    deposit_due_at = serializers.DateTimeField(source="obligation.due_at", default=None, allow_null=True)

    class Meta:
        model = Registration
        fields = [
            "id", "lot", "state", "paddle", "priority_rank", "obligation", "deposit", "deposit_state",
            "deposit_due_at", "agreement_sha256", "agreed_at", "admitted_at", "ended_at", "reason",
        ]  # fmt: skip
        read_only_fields = fields


class NewAuctionRegistration(Strict):
    """The agreement of the season that was read, by its hash, and the signer's two statements."""

    agreement_sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", max_length=64)
    accepts_agreement = serializers.BooleanField()
    may_sign = serializers.BooleanField()

    def validate_accepts_agreement(self, value):
        return stated(value)

    def validate_may_sign(self, value):
        return stated(value)


class AuctionReason(Strict):
    """Why; with a lot everybody may read it."""

    reason = TextField(multiline=True, max_length=500)


class MaybeReason(Strict):
    """Why, if there is something to say."""

    reason = TextField(multiline=True, max_length=300, required=False, default="", allow_blank=True)


class NewQuestion(Strict):
    """A question about a lot; everybody reads it, nobody who asked."""

    text = TextField(multiline=True, max_length=1000)


class QuestionAnswer(Strict):
    """The seller's answer, open to all."""

    text = TextField(multiline=True, max_length=2000)
