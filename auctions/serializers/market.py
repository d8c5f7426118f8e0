"""Seasons, sessions and lots as everybody reads them."""

from rest_framework import serializers

from auctions import agreement
from auctions.models import Lot, LotDocument, LotQuestion, Result, Season, Session, Subject
from auctions.serializers.floors import next_amount
from auctions.services import opening
from foundation.core.money import Money
from foundation.core.serializers import MoneyField


class SeasonData(serializers.ModelSerializer):
    """A season and its rules; basis points, seconds, working days, times of day in Asia/Shanghai."""

    lots = serializers.IntegerField(source="announced_lots", help_text="Announced so far.")
    sold = serializers.IntegerField(source="sold_lots")
    increments = serializers.SerializerMethodField(help_text="By start price up to and including `up_to`.")
    commissions = serializers.SerializerMethodField(help_text="Each rate counts for its own slice of the price.")

    class Meta:
        model = Season
        fields = [
            "code", "state", "title_zh_hans", "title_en", "about_zh_hans", "about_en", "legal_form", "house_name",
            "auctioneer_name", "lots", "sold", "deposit_bp", "increments", "commissions", "max_steps", "on_grid",
            "own_raise", "window_seconds", "extension_seconds", "hard_limit", "resume_at", "confirmation_days",
            "balance_days", "withdrawal_cost_bp", "announced_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_increments(self, season) -> list[dict[str, str | None]]:
        return [{"up_to": _yuan(limit), "increment": _yuan(step)} for limit, step in season.increments]

    def get_commissions(self, season) -> list[dict[str, str | int | None]]:
        return [{"up_to": _yuan(limit), "rate_bp": rate} for limit, rate in season.commissions]


class SeasonDetailData(SeasonData):
    """A season with its bidder agreement; a registration repeats the hash of what was read."""

    agreement_sha256 = serializers.SerializerMethodField()

    class Meta(SeasonData.Meta):
        fields = [*SeasonData.Meta.fields, "agreement_zh_hans", "agreement_en", "agreement_sha256"]
        read_only_fields = fields

    def get_agreement_sha256(self, season) -> str:
        return agreement.sha256_of(season)


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{Money(fen).yuan}"


class SessionData(serializers.ModelSerializer):
    """A session whose notice is published."""

    season = serializers.CharField(source="season.code")
    lots = serializers.IntegerField(source="count")

    class Meta:
        model = Session
        fields = [
            "season", "position", "state", "lots", "notice_at", "viewing_from", "viewing_until",
            "registration_until_at", "starts_at", "planned_ends_at",
        ]  # fmt: skip
        read_only_fields = fields


class ResultData(serializers.ModelSerializer):
    """How the bidding ended; `head_hash` is the hash of the last bid, which seals all before it."""

    price = MoneyField(allow_null=True)
    paddle = serializers.CharField(source="winning_bid.paddle", default=None, allow_null=True)
    seq = serializers.IntegerField(source="winning_bid.seq", default=None, allow_null=True)

    class Meta:
        model = Result
        fields = [
            "outcome", "price", "paddle", "seq", "bids", "bidders", "extensions", "ended_at", "decided_at",
            "head_hash",
        ]  # fmt: skip
        read_only_fields = fields


class LotData(serializers.ModelSerializer):
    """A lot in a list. `number` identifies it and is null before its selection; the reserve is never shown."""

    number = serializers.CharField(allow_null=True)
    season = serializers.CharField(source="season.code")
    session = serializers.IntegerField(source="session.position", default=None, allow_null=True)
    subject = serializers.ChoiceField(choices=Subject.choices)
    seller = serializers.CharField(source="seller.public_id")
    seller_name = serializers.CharField(source="seller.display_name")
    patents = serializers.SerializerMethodField()
    start_price = MoneyField(source="start_fen")
    increment = serializers.SerializerMethodField()
    deposit = serializers.SerializerMethodField()
    price = serializers.SerializerMethodField(help_text="The highest bid; null where nobody has bid.")
    bids = serializers.SerializerMethodField(help_text="How many were accepted; the last sequence number.")
    starts_at = serializers.DateTimeField(source="session.starts_at", default=None, allow_null=True)
    ends_at = serializers.SerializerMethodField(help_text="With all extensions so far.")

    class Meta:
        model = Lot
        fields = [
            "id", "number", "state", "season", "session", "round", "subject", "title_zh_hans", "title_en", "seller",
            "seller_name", "patents", "start_price", "has_reserve", "increment", "deposit", "price", "bids",
            "starts_at", "ends_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_patents(self, lot) -> list[str]:
        return [item.patent.number for item in lot.items.all()]

    def get_increment(self, lot) -> str | None:
        floor = getattr(lot, "floor", None)
        return _yuan(floor.increment_fen if floor else opening.increment_for(lot.season, lot.start).fen)

    def get_deposit(self, lot) -> str | None:
        floor = getattr(lot, "floor", None)
        return _yuan(floor.deposit_fen if floor else opening.deposit_for(lot.season, lot.start).fen)

    def get_price(self, lot) -> str | None:
        floor = getattr(lot, "floor", None)
        return _yuan(floor.price_fen) if floor else None

    def get_bids(self, lot) -> int:
        floor = getattr(lot, "floor", None)
        return floor.seq if floor else 0

    def get_ends_at(self, lot) -> str | None:
        floor = getattr(lot, "floor", None)
        moment = floor.ends_at if floor else lot.session.planned_ends_at if lot.session else None
        return serializers.DateTimeField().to_representation(moment) if moment else None


class LotDetailData(LotData):
    """A lot with what it is about, its rules, and its result once it is decided."""

    valuation = MoneyField(source="valuation_fen", allow_null=True)
    next_amount = serializers.SerializerMethodField(help_text="The lowest amount of a bid now, without a first right.")
    max_steps = serializers.IntegerField(source="floor.max_steps", default=None, allow_null=True)
    result = ResultData(default=None, allow_null=True)
    head_hash = serializers.SerializerMethodField(help_text="The hash of the last bid; empty before the first.")
    relisted_as = serializers.CharField(source="relisted_as.number", default=None, allow_null=True)

    class Meta(LotData.Meta):
        fields = [
            *LotData.Meta.fields, "about_zh_hans", "about_en", "defects", "license_years", "contact_name",
            "contact_phone", "valuation", "valuation_date", "valuation_by", "max_steps", "next_amount", "head_hash",
            "result", "relisted_as",
        ]  # fmt: skip
        read_only_fields = fields

    def get_next_amount(self, lot) -> str | None:
        floor = getattr(lot, "floor", None)
        return _yuan(next_amount(floor)) if floor else None

    def get_head_hash(self, lot) -> str:
        floor = getattr(lot, "floor", None)
        return floor.head_hash if floor else ""


class LotDocumentData(serializers.ModelSerializer):
    """A document of the data room; `url` is null for whoever may not open it."""

    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    url = serializers.SerializerMethodField(help_text="Each reading is logged.")

    class Meta:
        model = LotDocument
        fields = ["id", "kind", "title", "audience", "sha256", "size", "url"]
        read_only_fields = fields

    def get_url(self, document) -> str | None:
        return self.context["addresses"].get(document.pk)


class LotQuestionData(serializers.ModelSerializer):
    """A question and its answer, open to all; who asked is not."""

    class Meta:
        model = LotQuestion
        fields = ["id", "text", "answer", "created_at", "answered_at"]
        read_only_fields = fields
