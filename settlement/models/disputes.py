"""Payer and payee disagree: the disputed part of the money stays where it is until it is settled."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle_disputes import DISPUTE, DisputeState


class Dispute(Stateful, Stamped):
    """A claim about the money of one obligation. ``due_at`` is the deadline of the present state (half-open, UTC).

    ``back_fen`` is what goes back to the payer in the end; the rest of the disputed amount is the payee's.
    """

    LIFECYCLE = DISPUTE

    number = models.CharField(_("number"), max_length=40, unique=True)
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="disputes")
    claimant = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    respondent = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    opened_by_id = models.BigIntegerField()  # user
    amount_fen = models.BigIntegerField(_("disputed amount"))
    currency = models.CharField(max_length=3, default="CNY")
    claim = models.CharField(_("claim"), max_length=2000)
    answer = models.CharField(_("answer"), max_length=2000, blank=True)
    answered_at = AwareDateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)  # user
    due_at = AwareDateTimeField(null=True)
    mediator = models.CharField(_("mediator"), max_length=200, blank=True)
    forum = models.CharField(_("arbitration or court"), max_length=200, blank=True)
    forum_reference = models.CharField(_("case number there"), max_length=100, blank=True)
    outcome = models.CharField(_("outcome"), max_length=2000, blank=True)
    back_fen = models.BigIntegerField(_("back to the payer"), null=True)
    ended_at = AwareDateTimeField(null=True)
    ruled_by_id = models.BigIntegerField(null=True)  # user; who carried out the ruling

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Dispute")
        verbose_name_plural = _("Disputes")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="settlement_disputed_is_positive"),
            models.CheckConstraint(
                condition=Q(back_fen=None) | Q(back_fen__gte=0, back_fen__lte=models.F("amount_fen")),
                name="settlement_back_within_disputed",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by_id=None)
                | (~Q(ruled_by_id=models.F("opened_by_id")) & ~Q(ruled_by_id=models.F("answered_by_id"))),
                name="settlement_nobody_rules_oneself",
            ),
            models.UniqueConstraint(
                fields=["obligation"],
                condition=~Q(state__in=[DisputeState.SETTLED, DisputeState.CLOSED, DisputeState.WITHDRAWN]),
                name="settlement_one_open_dispute",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[DisputeState.OPEN, DisputeState.FAILED]),
                name="settlement_disputes_due",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page for both parties and the mediator."""
        return reverse("settlement:dispute", args=[self.number])

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def back(self) -> Money | None:
        """What goes back to the payer; None while it is open."""
        return None if self.back_fen is None else Money(self.back_fen, self.currency)

    @property
    def party_ids(self) -> list[int]:
        """Claimant and respondent."""
        return [self.claimant_id, self.respondent_id]


class SettlementOffer(models.Model):
    """How the disputed amount could be shared. It takes effect when both sides agreed; a new one takes its place."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="offers")
    made_by = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")  # None: mediator
    made_by_user_id = models.BigIntegerField()
    back_fen = models.BigIntegerField(_("back to the payer"))
    text = models.CharField(_("reasons"), max_length=2000, blank=True)
    made_at = AwareDateTimeField()
    claimant_agreed_at = AwareDateTimeField(null=True)
    claimant_agreed_by_id = models.BigIntegerField(null=True)  # user
    respondent_agreed_at = AwareDateTimeField(null=True)
    respondent_agreed_by_id = models.BigIntegerField(null=True)  # user
    ended_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(back_fen__gte=0), name="settlement_offer_not_negative"),
            models.UniqueConstraint(fields=["dispute"], condition=Q(ended_at=None), name="settlement_one_open_offer"),
            models.CheckConstraint(
                condition=Q(claimant_agreed_by_id=None)
                | Q(respondent_agreed_by_id=None)
                | ~Q(claimant_agreed_by_id=models.F("respondent_agreed_by_id")),
                name="settlement_agreed_by_two_persons",
            ),
            models.CheckConstraint(
                condition=(Q(claimant_agreed_at=None) | Q(claimant_agreed_by_id__isnull=False))
                & (Q(respondent_agreed_at=None) | Q(respondent_agreed_by_id__isnull=False)),
                name="settlement_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=False)
                | (
                    ~Q(claimant_agreed_by_id=models.F("made_by_user_id"))
                    & ~Q(respondent_agreed_by_id=models.F("made_by_user_id"))
                ),
                name="settlement_mediator_is_no_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.back_fen}"

    @property
    def back(self) -> Money:
        return Money(self.back_fen, self.dispute.currency)

    @property
    def keeps(self) -> Money:
        """What the payee keeps of the disputed amount."""
        return self.dispute.amount - self.back

    @property
    def agreed(self) -> bool:
        """Whether both sides said yes."""
        return self.claimant_agreed_at is not None and self.respondent_agreed_at is not None
