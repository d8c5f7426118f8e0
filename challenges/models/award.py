"""Awards with their contracts, what is paid, and objections to the selection."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle_parties import AWARD
from challenges.models.challenge import Challenge
from challenges.models.proposal import Proposal
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money


class Award(Stateful, Stamped):
    """A winner's award and, once signed, its technology development contract (Civil Code Arts. 851-861)."""

    LIFECYCLE = AWARD

    number = models.CharField(_("number"), max_length=40, unique=True)
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="awards")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="awards")
    solver = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="challenge_awards")
    amount_fen = models.BigIntegerField(_("amount"))
    terms = models.JSONField(default=dict)  # the agreed texts: plan, acceptance, rights, secrecy
    owner_signed_at = AwareDateTimeField(null=True)
    owner_signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    solver_signed_at = AwareDateTimeField(null=True)
    solver_signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    contract_sha256 = models.CharField(max_length=64, blank=True)
    sign_by_at = AwareDateTimeField(null=True)
    end_asked_at = AwareDateTimeField(null=True)  # the team asks to end the contract; the firm or an officer ends it
    end_asked_reason = models.CharField(max_length=2000, blank=True)
    ended_reason = models.CharField(max_length=2000, blank=True)
    next_check_at = AwareDateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("Award")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="challenges_award_is_positive"),
            models.UniqueConstraint(
                fields=["proposal"], condition=~Q(state="set_aside"), name="challenges_one_award_a_proposal"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of the two parties."""
        return reverse("challenges:award_detail", args=[self.number])

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)

    @property
    def is_signed(self) -> bool:
        """Whether both sides signed the contract."""
        return self.owner_signed_at is not None and self.solver_signed_at is not None


class Payout(models.Model):
    """What an accepted milestone paid out of the escrow, once (append-only)."""

    milestone = models.OneToOneField("challenges.Milestone", models.PROTECT, related_name="payout")
    amount_fen = models.BigIntegerField()
    hold_number = models.CharField(max_length=40)
    paid_at = AwareDateTimeField()

    def __str__(self) -> str:
        return f"payout of {self.milestone_id}"


class SelectionObjection(Stamped):
    """Somebody objects to a selection during the public notice; an officer decides."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="objections")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000)
    raised_at = AwareDateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = AwareDateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organization"],
                condition=Q(decided_at__isnull=True),
                name="challenges_one_open_objection_a_party",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("raised_by")),
                name="challenges_nobody_decides_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"
