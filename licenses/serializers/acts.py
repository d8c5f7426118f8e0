"""Single acts on a declaration, as the API accepts and shows them."""

from rest_framework import serializers

from foundation.core.serializers import Serializer, TextField
from licenses.models import Attachment, CoOwnerConsent, WithdrawalRequest
from licenses.services.cnipa import MOVES

LARGEST_ID = 2**63 - 1


class ReasonGiven(Serializer):
    """An act that needs a reason."""

    reason = TextField(multiline=True, max_length=1_000)


class ConsentToSign(Serializer):
    """What the co-owner agrees to: what the draft offers now, or the withdrawal."""

    purpose = serializers.ChoiceField(choices=CoOwnerConsent.Purpose.choices, default="declare")


class PaperConsent(ConsentToSign):
    """The signed consent of a co-owner that is not on the platform."""

    ownership = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    file = serializers.FileField(allow_empty_file=True, max_length=500)


class ConsentShown(serializers.ModelSerializer):
    """A consent and the digest of what was agreed to."""

    owner = serializers.CharField(source="ownership.display_name")

    class Meta:
        model = CoOwnerConsent
        fields = ["id", "purpose", "ownership", "owner", "terms_digest", "signed_at", "revoked_at"]
        read_only_fields = fields


class AttachmentToAdd(Serializer):
    """A paper that belongs to the declaration: PDF, PNG or JPEG."""

    kind = serializers.ChoiceField(
        choices=[Attachment.Kind.EVALUATION_REPORT, Attachment.Kind.PLEDGEE_CONSENT, Attachment.Kind.OTHER]
    )
    note = TextField(max_length=200, required=False, allow_blank=True, default="")
    file = serializers.FileField(allow_empty_file=True, max_length=500)


class AttachmentShown(serializers.ModelSerializer):
    """A paper; fetch it by its file at /api/v1/files/{id}/."""

    name = serializers.CharField(source="file.original_name")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Attachment
        fields = ["id", "kind", "note", "file", "name", "sha256", "created_at"]
        read_only_fields = fields


class WithdrawalShown(serializers.ModelSerializer):
    """A request to withdraw."""

    class Meta:
        model = WithdrawalRequest
        fields = ["reason", "requested_at", "outcome", "decided_at"]
        read_only_fields = fields


class CnipaRecord(Serializer):
    """A step of the national procedure."""

    move = serializers.ChoiceField(choices=list(MOVES))
    on = serializers.DateField()
    reference = TextField(max_length=60, identifier=True, required=False, allow_blank=True, default="")
    reason = TextField(max_length=500, required=False, allow_blank=True, default="")
