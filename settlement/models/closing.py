"""What finance signed: days that agree with the bank, and months whose books are closed."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement.banklifecycle import MONTH
from settlement.models.statements import OwnAccount


class SignedDay(models.Model):
    """A person compared a day of an account with the ledger. The latest signature of a day counts; none is changed.

    Nobody signs a day whose lines they imported: a deferred trigger compares the signer with the statements.
    """

    account = models.ForeignKey(OwnAccount, models.PROTECT, related_name="signed_days")
    day = models.DateField(_("day"))
    lines = models.PositiveIntegerField(_("lines"))
    bank_fen = models.BigIntegerField(_("balance at the bank"))
    ledger_fen = models.BigIntegerField(_("balance in the ledger"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    signed_by_id = models.BigIntegerField()  # user
    signed_at = AwareDateTimeField(_("signed at"))

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("Signed day")
        verbose_name_plural = _("Signed days")
        indexes = [models.Index(fields=["account", "day"], name="settlement_signed_day")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"

    @property
    def difference(self) -> Money:
        return Money(self.bank_fen - self.ledger_fen, self.account.currency)


class AccountingMonth(Stateful, Stamped):
    """A month whose books were closed: the database refuses entries with a value date in it, until it is reopened."""

    LIFECYCLE = MONTH

    month = models.DateField(_("month"), unique=True)  # its first day
    closed_by_id = models.BigIntegerField(null=True)  # user
    closed_at = AwareDateTimeField(_("closed at"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)  # why it is to be reopened
    asked_by_id = models.BigIntegerField(null=True)  # user; who asks to reopen it
    reopened_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["-month"]
        verbose_name = _("Accounting month")
        verbose_name_plural = _("Accounting months")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reopened_by_id=None)
                | (models.Q(asked_by_id__isnull=False) & ~models.Q(reopened_by_id=models.F("asked_by_id"))),
                name="settlement_month_two_persons",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """2026-10"""
        return f"{self.month:%Y-%m}"

    @property
    def next_month(self) -> date:
        """The first day after it."""
        return date(self.month.year + self.month.month // 12, self.month.month % 12 + 1, 1)
