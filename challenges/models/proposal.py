"""Proposals: a draft of the team's own, sealed copies until the opening, and what was read at the opening."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import OPENED_STATES, PROPOSAL, STANDING
from challenges.models.challenge import Challenge
from foundation.core.models import AwareDateTimeField, Stamped, Stateful

KEY_BYTES = 9


def new_key() -> str:
    """What stands in the address of a proposal: a counted number would tell how many there are."""
    return secrets.token_urlsafe(KEY_BYTES)


class Proposal(Stateful, Stamped):
    """One organization's proposal for a challenge. Its content is never a column here.

    Before the submission it is an encrypted draft of the team, afterwards a `SealedCopy` that two openers can read
    together, after the opening an `OpenedProposal`.
    """

    LIFECYCLE = PROPOSAL

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, null=True)  # given at the opening
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="proposals")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="proposals")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")  # handed over to a colleague
    draft = models.TextField(blank=True, editable=False)  # encrypted; emptied when it is sealed
    draft_version = models.PositiveIntegerField(default=0)
    draft_saved_at = AwareDateTimeField(null=True)
    submitted_at = AwareDateTimeField(null=True)
    shortlisted_at = AwareDateTimeField(null=True)  # who is rejected afterwards comes back when that is set aside
    ended_at = AwareDateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("Proposal")
        verbose_name_plural = _("Proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organization"],
                condition=Q(state__in=STANDING),
                name="challenges_one_proposal_a_party",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(draft=""), name="challenges_no_draft_beside_the_sealed_copy"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPENED_STATES) | Q(number__isnull=False), name="challenges_opened_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        """The team's page; from the opening on also of those who read it."""
        return reverse("challenges:proposal_detail", args=[self.number or self.key])


class DraftFile(models.Model):
    """A file beside the team's draft, encrypted with its name; gone when the proposal is sealed.

    It is addressed by a random key: counted ids would tell how many files other teams put beside theirs.
    """

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="draft_files")
    about = models.TextField(editable=False)  # encrypted: name, content type, size
    content = models.TextField(editable=False)  # encrypted: base64
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file of {self.proposal_id}"


class SealedCopy(models.Model):
    """What was submitted, sealed (append-only). A replacement is a new copy; the latest one counts."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="copies")
    version = models.PositiveIntegerField()
    ciphertext = models.BinaryField()
    boxes = models.JSONField()  # for each pair of openers the key, sealed for both, one inside the other
    size = models.PositiveIntegerField()
    ciphertext_sha256 = models.CharField(max_length=64)
    content_sha256 = models.CharField(max_length=64)  # keyed by the receipt: says nothing to who has not got it
    sealed_at = AwareDateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "version"], name="challenges_one_copy_a_version")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"


class OpenedProposal(models.Model):
    """The content as read at the opening (append-only)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="opened")
    content = models.JSONField()  # text by parts, indicators promised, plan, milestones, price, conflicts
    price_fen = models.BigIntegerField(_("price asked"))
    content_sha256 = models.CharField(max_length=64)
    files = models.ManyToManyField("documents.File", related_name="+")
    consents = models.ManyToManyField("documents.File", related_name="+")  # signed by members; not for experts
    patents = models.ManyToManyField("patents.Patent", related_name="+")  # background patents on the register

    def __str__(self) -> str:
        return f"content of {self.proposal_id}"


class Member(models.Model):
    """A member of the team who agreed to be named, with a signature if of another unit; known from the opening on."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="members")
    name = models.CharField(_("name"), max_length=100)
    unit = models.CharField(_("unit"), max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
