"""What follows the hammer: sales, and what becomes of lots that were not sold."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from auctions.models import Offer, Ruling, Sale, SaleObjection
from auctions.serializers.parties import stated
from auctions.services import confirmations, contracts
from foundation.core.serializers import MoneyField, Strict, TextField

SHA256 = r"^[0-9a-f]{64}$"


class AuctionSaleData(serializers.ModelSerializer):
    """A sale as buyer, seller and the administration see it; the total is price and buyer's commission."""

    lot = serializers.CharField(source="lot.number")
    buyer = serializers.CharField(source="buyer.public_id")
    seller = serializers.CharField(source="seller.public_id")
    price = MoneyField()
    commission = MoneyField()
    total = MoneyField()
    obligation = serializers.CharField(source="obligation.number", default=None, allow_null=True)

    class Meta:
        model = Sale
        fields = [
            "number", "state", "lot", "way", "buyer", "seller", "price", "commission", "total", "confirm_by_at",
            "confirmed_at", "confirmation_sha256", "pay_by_at", "obligation", "paid_at", "buyer_signed_at",
            "seller_signed_at", "contract_sha256", "notice_until_at", "filed_on", "filing_number", "registered_on",
            "registration_number", "all_shares", "ended_reason",
        ]  # fmt: skip
        read_only_fields = fields


class SaleObjectionData(serializers.ModelSerializer):
    """An objection to a sale and its answer."""

    organization = serializers.CharField(source="organization.public_id")

    class Meta:
        model = SaleObjection
        fields = ["id", "organization", "reason", "raised_at", "decided_at", "upheld", "answer"]
        read_only_fields = fields


class ToSign(serializers.Serializer):
    """What is to be signed: the facts, and the hash that the signature repeats."""

    facts = serializers.DictField()
    sha256 = serializers.CharField()


class AuctionSaleDetailData(AuctionSaleData):
    """A sale with what is to be signed next, and the objections one may read."""

    to_sign = serializers.SerializerMethodField(help_text="Null where nothing waits for a signature.")
    objections = serializers.SerializerMethodField()

    class Meta(AuctionSaleData.Meta):
        fields = [*AuctionSaleData.Meta.fields, "to_sign", "objections"]
        read_only_fields = fields

    @extend_schema_field(ToSign(allow_null=True))
    def get_to_sign(self, sale):
        if sale.permits("confirm"):
            facts = confirmations.facts_of(sale)
        elif sale.permits("sign"):
            facts = contracts.contract_facts(sale)
        else:
            return None
        return {"facts": facts, "sha256": confirmations.digest(facts)}

    @extend_schema_field(SaleObjectionData(many=True))
    def get_objections(self, sale):
        return SaleObjectionData(self.context["objections"](sale), many=True).data


class SaleSignature(Strict):
    """The hash of what was read, and that the signer may sign it."""

    sha256 = serializers.RegexField(SHA256, max_length=64)
    may_sign = serializers.BooleanField()

    def validate_may_sign(self, value):
        return stated(value)


class SaleFiling(Strict):
    """The filing at CNIPA, from its receipt."""

    filed_on = serializers.DateField()
    filing_number = TextField(max_length=60, identifier=True)


class SaleRegistration(Strict):
    """What CNIPA registered, from its notice."""

    registered_on = serializers.DateField()
    registration_number = TextField(max_length=60, identifier=True)
    all_shares = serializers.BooleanField(default=True, help_text="False: the seller's own share alone.")


class NewSaleObjection(Strict):
    """What is wrong with a sale; buyer, seller and the administration read it."""

    reason = TextField(multiline=True, max_length=2000)


class ObjectionAnswer(Strict):
    """Why the sale stands."""

    answer = TextField(multiline=True, max_length=2000)


class NewSaleRuling(Strict):
    """How a sale is to end against its course; a second person decides at `reviews/`."""

    act = serializers.ChoiceField(choices=Ruling.Act.choices)
    then = serializers.ChoiceField(choices=Ruling.Then.choices, default=Ruling.Then.UNSOLD)
    reason = TextField(multiline=True, max_length=1000)


class SaleRulingData(serializers.ModelSerializer):
    """A proposal about a sale; `approved` is null until a second person decided."""

    sale = serializers.CharField(source="sale.number")

    class Meta:
        model = Ruling
        fields = ["sale", "act", "then", "reason", "made_at", "decided_at", "approved"]
        read_only_fields = fields


class TalksOffer(serializers.ModelSerializer):
    """A price named in after-sale talks; the seller sees all, a party its own."""

    organization = serializers.CharField(source="organization.public_id")
    amount = MoneyField()

    class Meta:
        model = Offer
        fields = ["id", "organization", "amount", "message", "made_at", "answered_at", "accepted"]
        read_only_fields = fields


class NewTalksOffer(Strict):
    """A price for a lot that was not sold, the buyer's commission on top."""

    amount = MoneyField(minimum=1)
    message = TextField(multiline=True, max_length=1000, required=False, default="", allow_blank=True)


class NewTalks(Strict):
    """Until when offers are welcome (the last day, Asia/Shanghai; at most 90 days ahead)."""

    until = serializers.DateField()


class NewRound(Strict):
    """The session of the next round by season and place, and its start price."""

    season = TextField(max_length=10, identifier=True)
    session = serializers.IntegerField(min_value=1, max_value=32_767)
    start_price = MoneyField(minimum=1)
    keep_reserve = serializers.BooleanField(default=False)
