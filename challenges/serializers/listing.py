"""Seasons and challenges as everybody reads them, and what is sent about them."""

from rest_framework import serializers

from challenges import texts
from challenges.models import Attachment, Challenge, Criterion, Indicator, ListSeason, PlannedPayment, Question
from challenges.queries import proposals
from challenges.services import bounty
from foundation.core.serializers import MoneyField, Strict, TextField


class ListSeasonData(serializers.ModelSerializer):
    """A season of the list and its rules; basis points, days, working days."""

    challenges = serializers.IntegerField(source="published", help_text="Published so far.")
    open = serializers.IntegerField(source="open_now")

    class Meta:
        model = ListSeason
        fields = [
            "code", "state", "title_zh_hans", "title_en", "about_zh_hans", "about_en", "challenges", "open",
            "call_ends_at", "escrow_bp", "least_open_days", "questions_end_days", "panel_size", "reserve_experts",
            "is_blind", "drop_extremes", "most_winners", "notice_days", "contract_days", "rework_times",
            "acceptance_days", "target_published", "target_proposals", "target_contracted",
        ]  # fmt: skip
        read_only_fields = fields


class ListSeasonDetailData(ListSeasonData):
    """A season with the texts that are signed; a signature repeats the hash of what was read."""

    nda_sha256 = serializers.SerializerMethodField()
    commitment_sha256 = serializers.SerializerMethodField()

    class Meta(ListSeasonData.Meta):
        fields = [
            *ListSeasonData.Meta.fields, "nda_zh_hans", "nda_en", "nda_sha256", "commitment_zh_hans", "commitment_en",
            "commitment_sha256",
        ]  # fmt: skip
        read_only_fields = fields

    def get_nda_sha256(self, season) -> str:
        return texts.sha256_of(season, texts.NDA)

    def get_commitment_sha256(self, season) -> str:
        return texts.sha256_of(season, texts.COMMITMENT)


class ChallengeData(serializers.ModelSerializer):
    """A challenge in a list. `number` identifies it and is null before its approval."""

    number = serializers.CharField(allow_null=True)
    season = serializers.CharField(source="season.code")
    owner = serializers.CharField(source="owner.public_id")
    owner_name = serializers.CharField(source="owner.display_name")
    industry = serializers.CharField(source="industry.code", default=None, allow_null=True)
    bounty = MoneyField(source="bounty_fen", allow_null=True)

    class Meta:
        model = Challenge
        fields = [
            "id", "number", "state", "season", "owner", "owner_name", "title_zh_hans", "title_en", "ipc", "industry",
            "bounty", "mode", "ownership", "most_winners", "deadline_date", "closes_at", "published_at",
        ]  # fmt: skip
        read_only_fields = fields


class IndicatorData(serializers.ModelSerializer):
    """A technical indicator; `must` ones decide."""

    class Meta:
        model = Indicator
        fields = ["position", "name", "comparison", "target", "unit", "present", "method", "must"]
        read_only_fields = fields


class PlannedPaymentData(serializers.ModelSerializer):
    """A node of the payment plan; the shares add up to 10,000 basis points."""

    class Meta:
        model = PlannedPayment
        fields = ["position", "months", "deliverable", "share_bp"]
        read_only_fields = fields


class CriterionData(serializers.ModelSerializer):
    """A criterion by which proposals are scored; the weights add up to 10,000 basis points."""

    class Meta:
        model = Criterion
        fields = ["position", "name_zh_hans", "name_en", "guide", "weight_bp"]
        read_only_fields = fields


class ChallengeDetailData(ChallengeData):
    """A challenge with everything that is public about it."""

    indicators = IndicatorData(many=True)
    payments = PlannedPaymentData(many=True)
    criteria = CriterionData(many=True)
    secured = serializers.SerializerMethodField(help_text="Paid into escrow so far, in yuan.")
    proposals = serializers.SerializerMethodField(help_text="How many were opened; null while they are sealed.")

    class Meta(ChallengeData.Meta):
        fields = [
            *ChallengeData.Meta.fields, "problem_zh_hans", "problem_en", "background", "eligibility",
            "ownership_terms", "gate_milestone", "contact_name", "contact_phone", "opening_planned_at", "indicators",
            "payments", "criteria", "secured", "proposals", "reason",
        ]  # fmt: skip
        read_only_fields = fields

    def get_secured(self, challenge) -> str:
        return f"{bounty.secured(challenge).yuan}"

    def get_proposals(self, challenge) -> int | None:
        return proposals.count_of(challenge)


class ChallengeAttachmentData(serializers.ModelSerializer):
    """A document; `url` is null for whoever may not open it."""

    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    url = serializers.SerializerMethodField(help_text="Readings of confidential ones are kept.")

    class Meta:
        model = Attachment
        fields = ["id", "title", "is_confidential", "sha256", "size", "url"]
        read_only_fields = fields

    def get_url(self, attachment) -> str | None:
        return self.context["address"](attachment)


class ChallengeQuestionData(serializers.ModelSerializer):
    """A question and its answer, open to all; who asked is not."""

    class Meta:
        model = Question
        fields = ["id", "text", "answer", "answered_by_platform", "created_at", "answered_at"]
        read_only_fields = fields


class NewChallengeQuestion(Strict):
    """A question about a challenge; everybody reads it, nobody who asked."""

    text = TextField(multiline=True, max_length=1000)


class ChallengeAnswer(Strict):
    """The answer, open to all."""

    text = TextField(multiline=True, max_length=2000)


class Extension(Strict):
    """A later last day, in Asia/Shanghai, and why: both are published."""

    last_day = serializers.DateField()
    reason = TextField(multiline=True, max_length=500)


class ChallengeReason(Strict):
    """Why; everybody reads it."""

    reason = TextField(multiline=True, max_length=2000)


class Republication(Strict):
    """The code of a season that takes challenges now: the draft goes there."""

    season = TextField(max_length=10, identifier=True)


class NdaSigning(Strict):
    """The hash of the agreement that was read (of the season), and that one may sign for the organization."""

    sha256 = serializers.CharField(max_length=64)
    may_sign = serializers.BooleanField()

    def validate_may_sign(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError(self.fields["may_sign"].error_messages["required"])
        return value


class NdaSigned(serializers.Serializer):
    """A signature under the non-disclosure agreement."""

    challenge = serializers.CharField(source="challenge.number")
    sha256 = serializers.CharField(source="text_sha256")
    signed_at = serializers.DateTimeField()
