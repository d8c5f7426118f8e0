"""Contracts of challenges, their milestones and what came of results."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from challenges.forms.contracts import HINTS, LONGEST_WORK
from challenges.models import Acceptance, Award, Deliverable, Measurement, Milestone, Outcome
from challenges.services import contracting
from challenges.services.milestones import MOST_FILES
from foundation.core.serializers import MoneyField, Strict, TextField

SHA256 = r"^[0-9a-f]{64}$"
LARGEST_ID = 2**63 - 1


class MeasurementData(serializers.ModelSerializer):
    """What was measured for an indicator."""

    name = serializers.CharField(source="indicator.name")

    class Meta:
        model = Measurement
        fields = ["indicator", "name", "value", "is_met"]
        read_only_fields = fields


class AcceptanceData(serializers.ModelSerializer):
    """The decision about what was handed in."""

    measurements = MeasurementData(many=True)

    class Meta:
        model = Acceptance
        fields = ["outcome", "reason", "decided_at", "measurements"]
        read_only_fields = fields


class DeliverableData(serializers.ModelSerializer):
    """What was handed in, with the decision; files are read at `files/{id}/`."""

    files = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    acceptance = AcceptanceData(default=None, allow_null=True)

    class Meta:
        model = Deliverable
        fields = ["round", "text", "files", "handed_in_at", "acceptance"]
        read_only_fields = fields


class MilestoneRow(serializers.ModelSerializer):
    """A milestone of a contract."""

    amount = MoneyField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="Until when somebody has to act.")

    class Meta:
        model = Milestone
        fields = ["position", "state", "deliverable", "due_date", "due_at", "amount", "reworks"]
        read_only_fields = fields


class MilestoneData(MilestoneRow):
    """A milestone with everything that was handed in for it."""

    deliverables = DeliverableData(many=True)

    class Meta(MilestoneRow.Meta):
        fields = [*MilestoneRow.Meta.fields, "deliverables"]
        read_only_fields = fields


class OutcomeData(serializers.ModelSerializer):
    """One thing that came of a result."""

    patent = serializers.CharField(source="patent.number", default=None, allow_null=True)

    class Meta:
        model = Outcome
        fields = ["kind", "on", "text", "patent"]
        read_only_fields = fields


class ContractRow(serializers.ModelSerializer):
    """A contract of a challenge as its two parties and the province see it."""

    challenge = serializers.CharField(source="challenge.number")
    owner = serializers.CharField(source="challenge.owner.public_id")
    solver = serializers.CharField(source="solver.public_id")
    proposal = serializers.CharField(source="proposal.number")
    amount = MoneyField()

    class Meta:
        model = Award
        fields = [
            "number", "state", "challenge", "owner", "solver", "proposal", "amount", "sign_by_at", "owner_signed_at",
            "solver_signed_at", "contract_sha256", "end_asked_at", "end_asked_reason", "ended_reason",
        ]  # fmt: skip
        read_only_fields = fields


class ContractToSign(serializers.Serializer):
    """What is to be signed: the facts, and the hash that the signature repeats."""

    facts = serializers.DictField()
    sha256 = serializers.CharField()


class ContractData(ContractRow):
    """A contract with its milestones, what came of it, and what is to be signed."""

    milestones = MilestoneRow(many=True)
    outcomes = OutcomeData(many=True)
    to_sign = serializers.SerializerMethodField(help_text="Null where nothing waits for a signature.")

    class Meta(ContractRow.Meta):
        fields = [*ContractRow.Meta.fields, "milestones", "outcomes", "to_sign"]
        read_only_fields = fields

    @extend_schema_field(ContractToSign(allow_null=True))
    def get_to_sign(self, award):
        if not award.permits("sign"):
            return None
        return {"facts": contracting.contract_facts(award), "sha256": contracting.sha256_of(award)}


class NewMilestone(Strict):
    """A milestone of the text: so many months after the signature."""

    months = serializers.IntegerField(min_value=1, max_value=LONGEST_WORK)
    deliverable = TextField(max_length=300)
    amount = MoneyField(minimum=1)


def _text() -> TextField:
    return TextField(multiline=True, max_length=contracting.TERM_LIMIT, required=False, default="", allow_blank=True)


class NewTexts(Strict):
    """The texts and milestones of a contract; `sha256` pins the text that is changed."""

    sha256 = serializers.RegexField(SHA256, max_length=64)
    work, acceptance, rights, secrecy, other = _text(), _text(), _text(), _text(), _text()
    milestones = NewMilestone(many=True)

    def validate(self, data):
        """As the service takes them."""
        rows = [{**row, "amount_fen": row["amount"].fen} for row in data["milestones"]]
        rows = [{name: row[name] for name in ("months", "deliverable", "amount_fen")} for row in rows]
        return {"sha256": data["sha256"], "values": {name: data[name] for name in HINTS}, "milestones": rows}


class ContractSignature(Strict):
    """The hash of what was read, and that the signer may sign it."""

    sha256 = serializers.RegexField(SHA256, max_length=64)
    may_sign = serializers.BooleanField()

    def validate_may_sign(self, value):
        if not value:
            raise serializers.ValidationError(_("This statement has to be made."), code="not_stated")
        return value


class WithReason(Strict):
    """Why."""

    reason = TextField(multiline=True, max_length=2000)


class ReserveFollows(WithReason):
    """What the reserve with the best place gets, at most the bounty; the reason is published."""

    amount = MoneyField(minimum=1)


class NewDeliverable(Strict):
    """A report with its files (multipart; PDF, PNG or JPEG)."""

    text = TextField(multiline=True, max_length=6000)
    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, max_length=500), required=False, max_length=MOST_FILES
    )


class NewMeasurement(Strict):
    """What was measured for an indicator, by its id."""

    indicator = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    value = TextField(max_length=100)
    is_met = serializers.BooleanField()


class NewDecision(Strict):
    """The decision about what was handed in."""

    outcome = serializers.ChoiceField(choices=Acceptance.Outcome.choices)
    reason = TextField(multiline=True, max_length=4000)
    measurements = NewMeasurement(many=True, required=False)

    def validate(self, data):
        """As the service takes them."""
        rows = data.pop("measurements", [])
        return {**data, "measured": {row["indicator"]: (row["value"], row["is_met"]) for row in rows}}


class NewOutcome(Strict):
    """What came of a result; everybody reads it. ``patent``: a number of one's own organization."""

    kind = serializers.ChoiceField(choices=[one for one in Outcome.Kind.choices if one[0] != Outcome.Kind.OPEN_LICENSE])
    on = serializers.DateField()
    text = TextField(multiline=True, max_length=1000)
    patent = TextField(max_length=40, identifier=True, required=False)


class OfPatent(Strict):
    """A patent of one's own organization, by its number."""

    patent = TextField(max_length=40, identifier=True)
