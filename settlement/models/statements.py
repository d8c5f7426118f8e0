"""Our own bank accounts, their statements and lines. What a bank wrote never changes; only a line's state does."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from settlement import chart, matching
from settlement.banklifecycle import LINE, OWN_ACCOUNT, OwnAccountState

SHOWN_DIGITS = 4


class OwnAccount(Stateful, Stamped):
    """A bank account of the platform. A second person confirms it: it is where payers are told to pay to.

    ``opening_fen`` is its balance at the start of ``opening_date``, before the first statement (hundredths).
    """

    LIFECYCLE = OWN_ACCOUNT

    class Kind(models.TextChoices):
        SUPERVISED = "supervised", _("Supervised account (client money)")
        OPERATING = "operating", _("Operating account (own money)")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    holder = models.CharField(_("account holder"), max_length=200)
    bank = models.CharField(_("bank"), max_length=200)
    account_number = models.CharField(_("account number"), max_length=64)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    opening_fen = models.BigIntegerField(_("opening balance"), default=0)
    opening_date = models.DateField(_("kept here from"))
    proposed_by_id = models.BigIntegerField(null=True)  # user
    confirmed_by_id = models.BigIntegerField(null=True)  # user

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Own bank account")
        verbose_name_plural = _("Own bank accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "currency"], condition=models.Q(state="active"), name="settlement_one_account_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by_id=None) | ~models.Q(confirmed_by_id=models.F("proposed_by_id")),
                name="settlement_own_account_two_persons",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=OwnAccountState.ACTIVE)
                | models.Q(proposed_by_id__isnull=False, confirmed_by_id__isnull=False),
                name="settlement_own_account_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"

    @property
    def number(self) -> str:
        """How the history names it: its last digits."""
        return f"…{self.account_number[-SHOWN_DIGITS:]}"

    @property
    def ledger_account(self) -> str:
        """The account of the chart that mirrors it."""
        return chart.BANK if self.kind == self.Kind.SUPERVISED else chart.OPERATING

    @property
    def opening(self) -> Money:
        return Money(self.opening_fen, self.currency)


class BankStatement(models.Model):
    """One statement out of a file; a file may hold several. The source file lies with its import."""

    account = models.ForeignKey(OwnAccount, models.PROTECT, related_name="statements")
    batch = models.ForeignKey("jobs.ImportBatch", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    format = models.CharField(_("format"), max_length=20)
    statement_id = models.CharField(_("statement"), max_length=64, blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    opening_fen = models.BigIntegerField(null=True)
    closing_fen = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    imported_by_id = models.BigIntegerField(null=True)  # user
    imported_at = AwareDateTimeField(_("imported at"))

    class Meta:
        ordering = ["-last_day", "-pk"]
        verbose_name = _("Bank statement")
        verbose_name_plural = _("Bank statements")
        constraints = [
            models.UniqueConstraint(fields=["account", "sha256", "position"], name="settlement_statement_once")
        ]

    def __str__(self) -> str:
        return self.statement_id or f"{self.first_day}/{self.last_day}"

    @property
    def opening(self) -> Money | None:
        return None if self.opening_fen is None else Money(self.opening_fen, self.currency)

    @property
    def closing(self) -> Money | None:
        return None if self.closing_fen is None else Money(self.closing_fen, self.currency)


class BankLine(Stateful, Stamped):
    """A booked movement: money out is negative, in hundredths of its currency. ``key`` is unique in its account.

    ``reason`` says why it waits or is parked (a key of `REASONS`), ``rule`` by what it was matched, ``payment`` is the
    receipt it became, ``reverses`` the line it takes back.
    """

    LIFECYCLE = LINE
    REASONS = {
        **matching.WHYS,
        "currency": _("Not in yuan: kept in its currency."),
        "uncounted": _("Listed without moving the balance."),
        "owner": _("What it was to pay does not take the money any more."),
        "outgoing": _("Money went out, and nothing here says what for."),
        "reversal": _("The bank took money back; the receipt it belongs to is not certain."),
        "spent": _("The bank took a receipt back whose money has left escrow already."),
        "reversed_later": _("The bank takes this receipt back in the same statement."),
        "operating": _("A movement of the operating account that the ledger does not know yet."),
        "overpaid": _("A part was assigned; the rest is open."),
        "differs": _("The ledger knows this movement with another amount."),
        "person": _("Parked by hand."),
    }

    RULES = {**matching.RULES, "number": _("Our own number stands on the line.")}

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    account = models.ForeignKey(OwnAccount, models.PROTECT, related_name="lines")
    sequence = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    booked_on = models.DateField(_("booked"))
    booked_at = AwareDateTimeField(null=True)
    value_date = models.DateField(_("value date"))
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    counts = models.BooleanField(default=True)
    is_reversal = models.BooleanField(default=False)
    transaction_id = models.CharField(_("bank reference"), max_length=128, blank=True)
    end_to_end_id = models.CharField(_("end-to-end reference"), max_length=128, blank=True)
    counterparty = models.CharField(_("counterparty"), max_length=200, blank=True)
    counterparty_account = models.CharField(_("counterparty's account"), max_length=64, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    balance_fen = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    payment = models.OneToOneField("settlement.Payment", models.PROTECT, null=True, related_name="bank_line")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["account_id", "booked_on", "pk"]
        verbose_name = _("Line of a bank statement")
        verbose_name_plural = _("Lines of bank statements")
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="settlement_line_once")]
        indexes = [
            models.Index(fields=["account", "booked_on"], name="settlement_line_of_day"),
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["new", "queued", "parked"]),
                name="settlement_line_waiting",
            ),
            models.Index(fields=["account", "amount_fen", "booked_on"], name="settlement_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.counterparty}".strip()

    @property
    def number(self) -> str:
        """How people name it."""
        return f"B-{self.pk:06d}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def why(self) -> str:
        """The sentence of ``reason``, untranslated."""
        return self.REASONS.get(self.reason, "")

    @property
    def matched_by(self) -> str:
        """The sentence of ``rule``, untranslated."""
        return self.RULES.get(self.rule, "")


class LineEntry(models.Model):
    """An entry of the ledger that a line of the bank confirms; each entry once, a line may confirm several."""

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="ticks")
    entry = models.OneToOneField("settlement.JournalEntry", models.PROTECT, related_name="tick")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.entry_id}"
