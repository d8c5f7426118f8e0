"""What the API of patents shows and accepts."""

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foundation.core.serializers import Serializer, TextField
from foundation.jobs.models import ImportBatch, ImportRow
from patents.importing.shown import shown_errors
from patents.models import Patent, RegisterExtract
from patents.register_facts import CHOICES
from patents.registers import facts_for

MOST_NUMBERS = 2_000


class OwnerShown(serializers.Serializer):
    """An owner and the weight of its share."""

    name = serializers.CharField(source="display_name")
    organization = serializers.SerializerMethodField()
    share_weight = serializers.IntegerField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_organization(self, share):
        return share.organization.public_id if share.organization_id and share.organization.is_public else None


class PatentShown(serializers.ModelSerializer):
    """A patent in lists."""

    display_number = serializers.CharField(read_only=True)
    owners = OwnerShown(source="current_owners", many=True, read_only=True)
    city = serializers.CharField(source="city.code", allow_null=True, read_only=True)

    class Meta:
        model = Patent
        fields = [
            "number", "display_number", "publication_number", "kind", "title_zh_hans", "title_en", "ipc", "locarno",
            "filing_date", "grant_date", "expiry_date", "legal_status", "annual_fee_status", "evaluation_report",
            "city", "owners",
        ]  # fmt: skip
        read_only_fields = fields


class RegisterFactShown(serializers.Serializer):
    """A register fact with its source and date."""

    name = serializers.CharField()
    value = serializers.JSONField(allow_null=True)
    known = serializers.BooleanField()
    source = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)


class LegalEventShown(serializers.Serializer):
    """A legal event."""

    kind = serializers.CharField()
    event_date = serializers.DateField()
    source = serializers.CharField()
    note = serializers.CharField()


class PatentDetailShown(PatentShown):
    """One patent with everything known about it."""

    facts = serializers.SerializerMethodField()
    legal_events = LegalEventShown(many=True, read_only=True)

    class Meta(PatentShown.Meta):
        fields = [
            *PatentShown.Meta.fields, "abstract_zh_hans", "abstract_en", "inventors", "term_compensation_days",
            "facts", "legal_events",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(RegisterFactShown(many=True))
    def get_facts(self, patent):
        return RegisterFactShown(facts_for(patent).values(), many=True).data


class NumbersToCheck(Serializer):
    """Numbers in any notation."""

    numbers = serializers.ListField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=10_000),
        allow_empty=False,
        max_length=MOST_NUMBERS,
    )


class VerdictShown(serializers.Serializer):
    """The verdict on one number."""

    input = serializers.CharField()
    valid = serializers.BooleanField()
    normalized = serializers.CharField(allow_null=True)
    kind = serializers.CharField(allow_null=True)
    reason = serializers.ChoiceField(
        choices=["malformed", "bad_kind", "bad_year", "check_digit"], allow_null=True, default=None
    )


class VerdictsShown(serializers.Serializer):
    """The verdicts, in the order of the numbers."""

    results = VerdictShown(many=True)


class ImportToStart(Serializer):
    """A portfolio file: CSV or XLSX."""

    file = serializers.FileField(allow_empty_file=True, max_length=500)


class ImportShown(serializers.ModelSerializer):
    """An import with its counts; `job` is the job that works on it or did last."""

    message = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields = [
            "id", "state", "original_name", "sha256", "format", "message", "rows_total", "rows_valid", "rows_foreign",
            "rows_wrong", "rows_written", "rows_undone", "job", "created_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_message(self, batch):
        return gettext(batch.message).format(**batch.facts) if batch.message else ""


class CellErrorShown(serializers.Serializer):
    """What is wrong in a cell."""

    cell = serializers.CharField()
    column = serializers.CharField()
    reason = serializers.CharField()


class ImportRowShown(serializers.ModelSerializer):
    """A row of the file, what was read in it, and what becomes of it."""

    errors = serializers.SerializerMethodField()
    number = serializers.CharField(source="key")

    class Meta:
        model = ImportRow
        fields = ["line", "number", "decision", "data", "errors"]
        read_only_fields = fields

    @extend_schema_field(CellErrorShown(many=True))
    def get_errors(self, row):
        return shown_errors(row)


class ImportConfirmation(Serializer):
    """Confirms the preview of the file with this digest."""

    sha256 = TextField(max_length=64)
    include_foreign = serializers.BooleanField(default=False)


class ExtractToSubmit(Serializer):
    """An extract of the register: what it says about one fact, its date, the paper (PDF, PNG or JPEG)."""

    fact = serializers.ChoiceField(choices=[name for name, _label in CHOICES])
    value = TextField(max_length=24, identifier=True)
    extract_date = serializers.DateField()
    file = serializers.FileField(allow_empty_file=True, max_length=500)


class ExtractShown(serializers.ModelSerializer):
    """An extract and what the officer said; the paper is at /api/v1/files/{document}/."""

    patent = serializers.CharField(source="patent.number")

    class Meta:
        model = RegisterExtract
        fields = [
            "id", "patent", "fact", "value", "extract_date", "valid_until", "document", "confirmed_at", "refused_at",
            "refusal_reason", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class ExtractRefusal(Serializer):
    """Why an extract is not accepted."""

    reason = TextField(multiline=True, max_length=500)
