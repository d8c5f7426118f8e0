"""Cases and decisions over the API."""

from rest_framework import serializers

from approvals.models import Decision, Outcome, Review
from approvals.services.deciding import CORRECTION_WORKDAYS, TEXT_LIMIT
from foundation.core.serializers import Serializer, TextField


class CorrectionShown(serializers.Serializer):
    """A remark on a field."""

    field = serializers.CharField()
    label = serializers.CharField()
    comment = serializers.CharField()


class DecisionShown(serializers.ModelSerializer):
    """A decision with the remarks it sent."""

    corrections = CorrectionShown(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = ["outcome", "reasons", "text", "correction_days", "made_at", "corrections"]
        read_only_fields = fields


class ReviewShown(serializers.ModelSerializer):
    """A case in the queue."""

    organization = serializers.CharField(source="organization.public_id")
    organization_name = serializers.CharField(source="organization.display_name")
    claimed_by_me = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = [
            "number",
            "kind",
            "state",
            "subject_number",
            "title",
            "organization",
            "organization_name",
            "opened_at",
            "due_at",
            "correction_due_at",
            "rounds",
            "claimed_by_me",
        ]
        read_only_fields = fields

    def get_claimed_by_me(self, review) -> bool:
        membership = getattr(self.context.get("request"), "membership", None)
        return membership is not None and review.reviewer_id == membership.pk


class CaseFact(serializers.Serializer):
    """One row of the case: what was declared, and whether it agrees with the register."""

    label = serializers.CharField()
    value = serializers.CharField()
    field = serializers.CharField()
    agrees = serializers.BooleanField(allow_null=True)


class CaseCheck(serializers.Serializer):
    """One automatic check."""

    code = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["pass", "fail", "warn", "unknown"])
    title = serializers.CharField()
    reason = serializers.CharField()
    rule = serializers.CharField()
    source = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)
    remedy = serializers.CharField()
    blocks = serializers.BooleanField()


class CaseShown(ReviewShown):
    """A case with its facts, checks and decisions."""

    facts = CaseFact(many=True)
    checks = CaseCheck(many=True)
    blocking = serializers.ListField(child=serializers.CharField())
    decisions = DecisionShown(many=True)

    class Meta(ReviewShown.Meta):
        fields = [*ReviewShown.Meta.fields, "facts", "checks", "blocking", "decisions"]
        read_only_fields = fields


class RemarkRequest(Serializer):
    """A remark on a field."""

    field = TextField(max_length=60)
    comment = TextField(max_length=500, multiline=True)


class DecisionRequest(Serializer):
    """Approve, return (with remarks) or reject (with reason codes and a text)."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reasons = serializers.ListField(child=serializers.CharField(max_length=10), required=False, max_length=20)
    text = TextField(max_length=TEXT_LIMIT, multiline=True, required=False, allow_blank=True)
    correction_days = serializers.ChoiceField(choices=CORRECTION_WORKDAYS, required=False, default=10)
    corrections = RemarkRequest(many=True, required=False)


class ReasonRequest(Serializer):
    """Why."""

    reason = TextField(max_length=500, multiline=True)
