"""The ledger: accounts, entries and postings. Entries are only added; the database refuses everything else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.core.models import AwareDateTimeField
from foundation.core.refs import Ref
from settlement import chart


class LedgerAccount(models.Model):
    """An account of the chart. Seeded by migration from `chart.ACCOUNTS`."""

    code = models.CharField(_("account"), max_length=4, primary_key=True)
    type = models.CharField(_("type"), max_length=10, choices=[(str(one), str(one)) for one in chart.Type])
    is_client_money = models.BooleanField(_("client money"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("Account")
        verbose_name_plural = pgettext_lazy("ledger", "Accounts")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name, to be translated where it is shown."""
        return chart.ACCOUNTS[self.code].name


class JournalEntry(models.Model):
    """One movement of money. ``key`` comes from the business fact, so a fact is booked once.

    ``xact`` is the transaction that wrote it (filled by the database); later transactions cannot add postings.
    """

    kind = models.CharField(_("kind"), max_length=40, choices=chart.movement_choices)
    key = models.CharField(max_length=120, unique=True)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    ref_number = models.CharField(max_length=60, blank=True)
    posted_at = AwareDateTimeField(_("posted at"))
    value_date = models.DateField(_("value date"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    actor_user_id = models.BigIntegerField(null=True)
    actor_organization_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=40, blank=True)
    xact = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Journal entry")
        verbose_name_plural = _("Journal entries")
        indexes = [
            models.Index(fields=["ref_kind", "ref_id"], name="settlement_entry_of_ref"),
            models.Index(fields=["posted_at"], name="settlement_entry_posted"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name it: L-000123."""
        return f"L-{self.pk:06d}"

    @property
    def sentence(self) -> str:
        """What happened, to be translated where it is shown."""
        return chart.MOVEMENTS[self.kind].sentence

    @property
    def ref(self) -> Ref:
        """The business object."""
        return Ref(self.ref_kind, self.ref_id, self.ref_number)


class Posting(models.Model):
    """One side of an entry: an amount in fen on an account, in the sub-account of a party and a business object."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="+", verbose_name=_("account"))
    debit_fen = models.BigIntegerField(_("debit"), default=0)
    credit_fen = models.BigIntegerField(_("credit"), default=0)
    currency = models.CharField(max_length=3, default="CNY")
    party = models.ForeignKey(
        "accounts.Organization", models.PROTECT, null=True, related_name="+", verbose_name=_("party"), db_index=False
    )
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True)
    ref_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Posting")
        verbose_name_plural = _("Postings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(debit_fen__gt=0, credit_fen=0) | models.Q(debit_fen=0, credit_fen__gt=0),
                name="settlement_one_side_positive",
            )
        ]
        indexes = [
            models.Index(fields=["party", "account"], name="settlement_posting_of_party"),
            models.Index(fields=["ref_kind", "ref_id", "account"], name="settlement_posting_of_ref"),
        ]

    def __str__(self) -> str:
        side = f"Dr {self.debit_fen}" if self.debit_fen else f"Cr {self.credit_fen}"
        return f"{self.account_id} {side}"
