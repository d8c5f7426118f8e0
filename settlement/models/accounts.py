"""Bank accounts money is paid to: encrypted at rest, shown masked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core import crypto
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from settlement.lifecycle_payouts import PAYOUT_ACCOUNT, AccountState

SHOWN = 4


def masked(number: str) -> str:
    """The last four characters of an account number."""
    return f"···· {number[-SHOWN:]}"


class BankAccount(models.Model):
    """An account at a bank. ``bank_code`` is the 12-digit code of the branch in CNAPS."""

    holder = models.CharField(_("account holder"), max_length=200)
    bank_name = models.CharField(_("bank and branch"), max_length=200, blank=True)
    bank_code = models.CharField(_("bank code (CNAPS)"), max_length=12, blank=True)
    number_encrypted = models.TextField(editable=False)
    number_masked = models.CharField(_("account number"), max_length=20)

    class Meta:
        abstract = True

    def set_number(self, number: str) -> None:
        """Keep an account number."""
        self.number_encrypted, self.number_masked = crypto.encrypt(number), masked(number)

    @property
    def full_number(self) -> str:
        """The whole number, for the bank only."""
        return crypto.decrypt(self.number_encrypted)


class PayoutAccount(BankAccount, Stateful, Stamped):
    """Where an organization wants its money. Used only once a second person has confirmed it."""

    LIFECYCLE = PAYOUT_ACCOUNT

    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    proposed_by_id = models.BigIntegerField()  # user
    decided_by_id = models.BigIntegerField(null=True)  # user
    decided_at = AwareDateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Payout account")
        verbose_name_plural = _("Payout accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state=AccountState.VERIFIED),
                name="settlement_one_payout_account",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state=AccountState.PROPOSED),
                name="settlement_one_proposed_account",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                name="settlement_account_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[AccountState.VERIFIED, AccountState.RETIRED])
                | models.Q(decided_by_id__isnull=False),
                name="settlement_account_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.number_masked}"


class SenderAccount(BankAccount):
    """Where a receipt came from, as the bank statement says: its refund goes back there."""

    payment = models.OneToOneField("settlement.Payment", models.PROTECT, related_name="sender")

    class Meta:
        verbose_name = _("Account of a sender")
        verbose_name_plural = _("Accounts of senders")

    def __str__(self) -> str:
        return f"{self.holder} {self.number_masked}"
