"""Money that stays where it is until a dispute, a distribution or a court is done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField
from foundation.core.money import Money
from foundation.core.refs import Ref


class Freeze(models.Model):
    """A part of one sub-account that no entry may take out; the rest of it moves freely.

    ``basis`` names what it is frozen for. Only the lifting is written later; the database refuses any other change.
    """

    class Kind(models.TextChoices):
        DISPUTE = "dispute", _("Dispute")
        DISTRIBUTION = "distribution", _("Distribution under way")
        COURT = "court", _("Court order")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    account = models.ForeignKey("settlement.LedgerAccount", models.PROTECT, related_name="+", verbose_name=_("account"))
    party = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True)
    ref_number = models.CharField(max_length=60, blank=True)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    basis_kind = models.CharField(max_length=60)
    basis_id = models.BigIntegerField()
    basis_number = models.CharField(max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    placed_at = AwareDateTimeField(_("frozen at"))
    placed_by_id = models.BigIntegerField(null=True)  # user
    lifted_at = AwareDateTimeField(_("lifted at"), null=True)
    lifted_by_id = models.BigIntegerField(null=True)  # user
    lift_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Freeze")
        verbose_name_plural = _("Freezes")
        constraints = [models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_freeze_positive")]
        indexes = [
            models.Index(
                fields=["account", "ref_kind", "ref_id"],
                condition=models.Q(lifted_at=None),
                name="settlement_frozen",
            ),
            models.Index(fields=["basis_kind", "basis_id"], name="settlement_frozen_for"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.ref_number}: {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def ref(self) -> Ref:
        """The business object whose money is frozen."""
        return Ref(self.ref_kind, self.ref_id or 0, self.ref_number)

    @property
    def basis(self) -> Ref:
        """What it is frozen for."""
        return Ref(self.basis_kind, self.basis_id, self.basis_number)

    @property
    def place(self) -> tuple:
        """The sub-account: account, currency, kind and id of the business object, party."""
        return (self.account_id, self.currency, self.ref_kind, self.ref_id, self.party_id)

    @classmethod
    def sum_fen(cls, place: tuple) -> int:
        """How much is frozen in a sub-account (`Freeze.place`, `ledger.Line.sub_account`), in fen."""
        account, currency, kind, key, party = place
        rows = cls.objects.filter(
            account_id=account, currency=currency, ref_kind=kind, ref_id=key, party_id=party, lifted_at=None
        )
        return int(rows.aggregate(total=models.Sum("amount_fen", default=0))["total"])
