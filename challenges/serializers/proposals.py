"""Proposals as their team and, from the opening on, their readers get them, and what a team sends."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from challenges.lifecycle_parties import OPENED_STATES, ProposalState
from challenges.models import Proposal
from challenges.presentation import proposals as shown
from challenges.rules import may_propose
from challenges.serializers.proposal_content import ProposalContent, content_of
from challenges.services import proposal_checks as checks
from challenges.services import proposal_drafts, proposing
from foundation.core.serializers import Strict, TextField

SHA256 = r"^[0-9a-f]{64}$"


class FileRow(serializers.Serializer):
    """A file beside a draft; size in bytes. `is_consent`: members of other units signed it."""

    key = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    is_consent = serializers.BooleanField()


class MissingRow(serializers.Serializer):
    """What keeps a draft from being submitted."""

    field = serializers.CharField()
    detail = serializers.CharField()


class ProposalDraftShown(serializers.Serializer):
    """A draft: the version that the next change has to name, what it says, and what is missing."""

    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    content = ProposalContent()
    files = FileRow(many=True)
    missing = MissingRow(many=True)


class SealedShown(serializers.Serializer):
    """What is known of the copy that counts; the record of the opening names the same hash."""

    version = serializers.IntegerField()
    ciphertext_sha256 = serializers.CharField()
    sealed_at = serializers.DateTimeField()


class OpenedFile(serializers.Serializer):
    """A file of an opened proposal; consents are read by the team, the firm and the administration."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    is_consent = serializers.BooleanField()
    sha256 = serializers.CharField()
    url = serializers.CharField()


class OpenedShown(serializers.Serializer):
    """What was read at the opening."""

    content = ProposalContent()
    files = OpenedFile(many=True)


class ProposalRow(serializers.ModelSerializer):
    """A proposal. `key` identifies it; the opening gives it its `number`, which identifies it as well."""

    challenge = serializers.CharField(source="challenge.number")
    organization = serializers.CharField(source="organization.public_id")
    organization_name = serializers.CharField(source="organization.display_name")
    until = serializers.DateTimeField(source="challenge.closes_at")

    class Meta:
        model = Proposal
        fields = ["key", "number", "state", "challenge", "organization", "organization_name", "until",
                  "submitted_at"]  # fmt: skip
        read_only_fields = fields


class ProposalData(ProposalRow):
    """A proposal with its draft, for its team; from the opening on with what was read, for all who read it."""

    reason = serializers.CharField(help_text="Why it ended, where somebody said so.")
    draft = serializers.SerializerMethodField(help_text="Null but for the team, while it is a draft.")
    sealed = serializers.SerializerMethodField(help_text="Null but for the team.")
    opened = serializers.SerializerMethodField(help_text="Null before the opening.")

    class Meta(ProposalRow.Meta):
        fields = [*ProposalRow.Meta.fields, "reason", "draft", "sealed", "opened"]
        read_only_fields = fields

    def _is_own(self, proposal: Proposal) -> bool:
        member = self.context["request"].membership
        return may_propose(member) and member.organization_id == proposal.organization_id

    @extend_schema_field(ProposalDraftShown(allow_null=True))
    def get_draft(self, proposal):
        if proposal.state != ProposalState.DRAFT or not self._is_own(proposal):
            return None
        return drafted(proposal, self.context["request"].membership)

    @extend_schema_field(SealedShown(allow_null=True))
    def get_sealed(self, proposal):
        copy = shown.latest_copy(proposal) if proposal.submitted_at and self._is_own(proposal) else None
        return SealedShown(copy).data if copy else None

    @extend_schema_field(OpenedShown(allow_null=True))
    def get_opened(self, proposal):
        if proposal.state not in OPENED_STATES:
            return None
        said = {"content": content_of(proposal.opened.content), "files": shown.attached(proposal)}
        return {"content": said["content"], "files": OpenedFile(said["files"], many=True).data}


def drafted(proposal: Proposal, membership) -> dict[str, Any]:
    """The team's draft in the words of the API."""
    kept = proposal_drafts.draft_of(proposal, membership)
    files = proposal_drafts.files_of(proposal, membership)
    signed = [{"is_consent": one.is_consent} for one in files]
    missing = checks.content_problems(proposal.challenge, {**kept, "files": signed}, proposal.organization)
    facts = {"version": proposal.draft_version, "saved_at": proposal.draft_saved_at, "content": {}}
    rows = [{"field": name, "detail": str(said)} for name, said in missing.items()]
    return {**ProposalDraftShown({**facts, "files": files, "missing": rows}).data, "content": content_of(kept)}


class Submission(Strict):
    """The hash of the commitment letter that was read (of the season), and that one may sign it.

    `receipt`: 32 random bytes of one's own as base64, made beforehand; the same submission with it once more changes
    nothing and answers the same. Without it the platform makes one.
    """

    commitment_sha256 = serializers.RegexField(SHA256, max_length=64)
    may_sign = serializers.BooleanField()
    receipt = TextField(identifier=True, required=False, default="", max_length=proposing.RECEIPT_LENGTH)

    def validate_may_sign(self, value: bool) -> bool:
        if not value:
            raise serializers.ValidationError(_("This statement has to be made."), code="not_stated")
        return value


class SubmissionMade(SealedShown):
    """The receipt is in this answer alone and kept nowhere: with it the team reads its own copy again."""

    key = serializers.CharField()
    state = serializers.CharField()
    receipt = serializers.CharField()


class Replacement(Strict):
    """With the receipt the draft begins with what was submitted, without it empty."""

    receipt = TextField(identifier=True, required=False, default="", allow_blank=True, max_length=60)


class Reread(Strict):
    """The receipt of the latest submission."""

    receipt = TextField(identifier=True, max_length=proposing.RECEIPT_LENGTH)


class RereadFile(serializers.Serializer):
    """A file in the sealed copy, with its bytes."""

    name = serializers.CharField()
    content_type = serializers.CharField()
    is_consent = serializers.BooleanField(default=False)
    base64 = serializers.CharField()


class CopyRead(serializers.Serializer):
    """What the team's own latest copy says; in this answer alone."""

    content = ProposalContent()
    files = RereadFile(many=True)


def copy_read(content: dict[str, Any]) -> dict[str, Any]:
    """A copy that was read again in the words of the API; nothing but the own team's receipt opens it."""
    return {"content": content_of(content), "files": RereadFile(content["files"], many=True).data}


class Withdrawal(Strict):
    """Why, for the own records only."""

    reason = TextField(required=False, default="", allow_blank=True, max_length=500)


class NewProposalFile(Strict):
    """A PDF, PNG or JPEG (multipart); 30 MB for all files together. `is_consent`: members of other units signed it."""

    upload = serializers.FileField(allow_empty_file=True, max_length=500)
    is_consent = serializers.BooleanField(required=False, default=False)
