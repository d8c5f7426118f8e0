"""Money held for a purpose: deposits and bounties. Held, then used, given back, forfeited or expired, exactly once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart
from settlement.lifecycle import HOLD


class Hold(Stateful, Stamped):
    """What lies in the sub-account of a paid obligation; the money stays ``party``'s until it is used.

    ``used_fen`` left for somebody else, ``returned_fen`` goes back to the payer; both change under the row's lock.
    """

    LIFECYCLE = HOLD

    number = models.CharField(_("number"), max_length=40, unique=True)
    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, related_name="hold")
    purpose = models.CharField(_("purpose"), max_length=40, choices=chart.purpose_choices)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    ref_number = models.CharField(max_length=60, blank=True)
    party = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("payer"))
    account = models.ForeignKey("settlement.LedgerAccount", models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))
    used_fen = models.BigIntegerField(_("used"), default=0)
    returned_fen = models.BigIntegerField(_("given back"), default=0)
    currency = models.CharField(max_length=3, default="CNY")
    expires_at = AwareDateTimeField(_("held until"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Hold")
        verbose_name_plural = _("Holds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_fen__gt=0, used_fen__gte=0, returned_fen__gte=0)
                & models.Q(amount_fen__gte=models.F("used_fen") + models.F("returned_fen")),
                name="settlement_hold_is_not_exceeded",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held") | models.Q(amount_fen=models.F("used_fen") + models.F("returned_fen")),
                name="settlement_ended_hold_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["ref_kind", "ref_id"], name="settlement_hold_for"),
            models.Index(fields=["expires_at"], condition=models.Q(state="held"), name="settlement_hold_expires"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def left(self) -> Money:
        """What is still held."""
        return Money(self.amount_fen - self.used_fen - self.returned_fen, self.currency)

    @property
    def purpose_row(self) -> chart.Purpose:
        """The row of the table of purposes."""
        return chart.PURPOSES[self.purpose]

    @property
    def ref(self) -> Ref:
        """The business object it is held for."""
        return Ref(self.ref_kind, self.ref_id, self.ref_number)

    @property
    def party_ids(self) -> list[int]:
        """The organizations concerned."""
        return self.obligation.party_ids
