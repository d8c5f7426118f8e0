"""Money on its way out to payees: runs, and one payout for each sub-account they empty."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core import clock
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement.lifecycle_payouts import PAYOUT, PAYOUT_RUN, PayoutState, RunState
from settlement.models.accounts import BankAccount

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_payout_id() -> str:
    """Our own id of a payout at the bank (80 random bits): 18 characters, so that every bank repeats it whole."""
    return "PO" + "".join(secrets.choice(LETTERS) for _n in range(16))


class PayoutRun(Stateful, Stamped):
    """A list of payouts that one person made and, above the limit, another one approved."""

    LIFECYCLE = PAYOUT_RUN

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    rail = models.CharField(_("by way of"), max_length=20)  # "file", or the name of a gateway
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_by_id = models.BigIntegerField()  # user
    approved_by_id = models.BigIntegerField(null=True)  # user
    needs_second = models.BooleanField(default=True)
    job_id = models.BigIntegerField(null=True)
    file = models.ForeignKey("documents.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Payout run")
        verbose_name_plural = _("Payout runs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by_id=None) | ~models.Q(approved_by_id=models.F("made_by_id")),
                name="settlement_run_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[RunState.DRAFT, RunState.WAITING, RunState.CANCELLED])
                | models.Q(needs_second=False)
                | models.Q(approved_by_id__isnull=False),
                name="settlement_run_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Finance's page of the run."""
        return reverse("settlement:payout_run", args=[self.number])


class Payout(BankAccount, Stateful, Stamped):
    """One transfer that empties (what was free of) one sub-account; the destination is kept as it was approved.

    ``number`` is our id at the bank: asking twice moves money once, and the statement names it. With ``refund`` it
    carries a refund whose own rail cannot send money back.
    """

    LIFECYCLE = PAYOUT

    number = models.CharField(_("number"), max_length=40, unique=True, default=new_payout_id)
    run = models.ForeignKey(PayoutRun, models.PROTECT, related_name="payouts")
    party = models.ForeignKey("accounts.Organization", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("settlement.LedgerAccount", models.PROTECT, related_name="+", verbose_name=_("account"))
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True)
    ref_number = models.CharField(max_length=60, blank=True)
    refund = models.ForeignKey("settlement.Refund", models.PROTECT, null=True, related_name="payouts")
    destination = models.ForeignKey("settlement.PayoutAccount", models.PROTECT, null=True, related_name="payouts")
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    tries = models.PositiveSmallIntegerField(default=0)
    next_check_at = AwareDateTimeField(default=clock.machine_now)
    transaction_id = models.CharField(_("bank reference"), max_length=64, blank=True)
    paid_on = models.DateField(_("booked on"), null=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Payout")
        verbose_name_plural = _("Payouts")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_payout_positive"),
            models.UniqueConstraint(
                fields=["account", "currency", "party", "ref_kind", "ref_id"],
                condition=models.Q(state__in=[PayoutState.PLANNED, PayoutState.FAILED]),
                name="settlement_one_waiting_payout",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state"], name="settlement_payouts_of_run"),
            models.Index(fields=["party", "state"], name="settlement_payouts_to"),
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(state=PayoutState.SENT),
                name="settlement_payout_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def ref(self) -> Ref:
        """The business object of the sub-account."""
        return Ref(self.ref_kind, self.ref_id or 0, self.ref_number)

    @property
    def party_ids(self) -> list[int]:
        """The payee, where it is an organization."""
        return [self.party_id] if self.party_id else []
