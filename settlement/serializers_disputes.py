"""Disputes as the API shows and accepts them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.core.serializers import MoneyField, Strict, TextField
from settlement import queries
from settlement.models import Dispute, Freeze, SettlementOffer

LONGEST = 2000


class DisputeData(serializers.ModelSerializer):
    """A claim about paid money. `due_at` is the deadline of the state; `back` goes to the payer in the end."""

    state = serializers.CharField()
    obligation = serializers.CharField(source="obligation.number")
    claimant = serializers.CharField(source="claimant.public_id")
    respondent = serializers.CharField(source="respondent.public_id")
    amount = MoneyField()
    frozen = MoneyField(source="frozen_fen", read_only=True)
    back = MoneyField(allow_null=True)

    class Meta:
        model = Dispute
        fields = [
            "number", "state", "obligation", "claimant", "respondent", "amount", "frozen", "currency", "claim",
            "answer", "answered_at", "due_at", "mediator", "forum", "forum_reference", "outcome", "back", "created_at",
            "ended_at",
        ]  # fmt: skip
        read_only_fields = fields


class OfferData(serializers.ModelSerializer):
    """How the disputed amount could be shared; `made_by` is empty for the mediator. It stands while nobody ended it."""

    made_by = serializers.CharField(source="made_by.public_id", default=None, allow_null=True)
    back, keeps = MoneyField(), MoneyField()

    class Meta:
        model = SettlementOffer
        fields = [
            "id", "made_by", "back", "keeps", "text", "made_at", "claimant_agreed_at", "respondent_agreed_at",
            "ended_at",
        ]  # fmt: skip
        read_only_fields = fields


class FreezeData(serializers.ModelSerializer):
    """Money that stays where it is: in which account of the ledger, for which business object."""

    account = serializers.CharField(source="account_id")
    about = serializers.CharField(source="ref_number")
    amount = MoneyField()

    class Meta:
        model = Freeze
        fields = ["account", "about", "amount", "placed_at", "lifted_at"]
        read_only_fields = fields


class DisputeDetailData(DisputeData):
    """A dispute with every offer, newest first, and what was frozen for it."""

    offers = OfferData(many=True)
    freezes = serializers.SerializerMethodField()

    class Meta(DisputeData.Meta):
        fields = [*DisputeData.Meta.fields, "offers", "freezes"]
        read_only_fields = fields

    @extend_schema_field(FreezeData(many=True))
    def get_freezes(self, dispute):
        return FreezeData(queries.freezes_for(dispute), many=True).data


class NewDispute(Strict):
    """What is disputed, and why; only this part stays frozen."""

    amount = MoneyField(minimum=1)
    claim = TextField(multiline=True, max_length=LONGEST)


class DisputeAnswer(Strict):
    """The other side's answer."""

    answer = TextField(multiline=True, max_length=LONGEST)


class DisputeReasons(Strict):
    """Why."""

    reason = TextField(multiline=True, max_length=LONGEST)


class DisputeRemark(Strict):
    """Why, if there is something to say."""

    reason = TextField(max_length=200, required=False, default="", allow_blank=True)


class NewOffer(Strict):
    """What goes back to the payer; the rest of the disputed amount stays with the payee."""

    back = MoneyField()
    text = TextField(multiline=True, max_length=LONGEST, required=False, default="", allow_blank=True)


class NewMediator(Strict):
    """Who mediates."""

    mediator = TextField(max_length=200)


class Referral(Strict):
    """Arbitration commission or court, and the case number there."""

    forum = TextField(max_length=200)
    forum_reference = TextField(max_length=100)


class DisputeRuling(Strict):
    """What was decided there, in its words."""

    back = MoneyField()
    outcome = TextField(multiline=True, max_length=LONGEST)
