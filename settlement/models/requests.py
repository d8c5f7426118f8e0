"""Somebody asks for money back."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core.models import Stamped, Stateful
from foundation.core.money import Money
from settlement.lifecycle_disputes import REFUND_REQUEST, RequestState


class RefundRequest(Stateful, Stamped):
    """A request to send (a part of) what was paid for an obligation back, and what finance found."""

    LIFECYCLE = REFUND_REQUEST

    class Kind(models.TextChoices):
        DECLARATION_ENDED = "declaration_ended", _("The declaration was withdrawn or suspended already")
        DUPLICATE = "duplicate", _("Paid twice")
        BREACH = "breach", _("The licensor is in breach of the contract")
        TRIAL = "trial", _("The trial ended without a license")
        ANNULLED = "annulled", _("The auction was annulled")
        INVALIDATED = "invalidated", _("The patent was invalidated")
        OTHER = "other", _("Another reason")

    number = models.CharField(_("number"), max_length=40, unique=True)
    obligation = models.ForeignKey("settlement.Obligation", models.PROTECT, related_name="refund_requests")
    kind = models.CharField(_("reason"), max_length=20, choices=Kind)
    amount_fen = models.BigIntegerField(_("amount asked for"))
    granted_fen = models.BigIntegerField(_("amount granted"), null=True)
    currency = models.CharField(max_length=3, default="CNY")
    text = models.CharField(_("what happened"), max_length=2000)
    opinion = models.CharField(_("opinion of finance"), max_length=2000, blank=True)
    asked_by_id = models.BigIntegerField()  # user
    asked_for = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    reviewed_by_id = models.BigIntegerField(null=True)  # user
    decided_by_id = models.BigIntegerField(null=True)  # user; needed above the limit, and where finance asked itself
    refunds = models.ManyToManyField("settlement.Refund", related_name="requests")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Refund request")
        verbose_name_plural = _("Refund requests")
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="settlement_asked_is_positive"),
            models.CheckConstraint(
                condition=Q(granted_fen=None) | Q(granted_fen__gt=0), name="settlement_granted_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id=None)
                | (
                    Q(reviewed_by_id__isnull=False)
                    & ~Q(decided_by_id=F("reviewed_by_id"))
                    & ~Q(decided_by_id=F("asked_by_id"))
                ),
                name="settlement_request_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by_id=F("asked_by_id"))
                | Q(decided_by_id__isnull=False)
                | ~Q(state__in=[RequestState.APPROVED, RequestState.PAID]),
                name="settlement_request_not_ones_own",
            ),
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state__in=[RequestState.REQUESTED, RequestState.REVIEWED]),
                name="settlement_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page for both parties and finance."""
        return reverse("settlement:refund_request", args=[self.number])

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def granted(self) -> Money | None:
        return None if self.granted_fen is None else Money(self.granted_fen, self.currency)

    @property
    def party_ids(self) -> list[int]:
        """Payer and payee."""
        return self.obligation.party_ids
