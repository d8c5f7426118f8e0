"""What one party owes another: the whole of what settlement knows about a deal."""

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart
from settlement.lifecycle import OBLIGATION, ObligationState


class Obligation(Stateful, Stamped):
    """An amount that a debtor owes a creditor for a purpose, by a deadline (half-open, UTC).

    Paid money is held in escrow until ``released_at``: then it is payable to the creditor.
    """

    LIFECYCLE = OBLIGATION

    number = models.CharField(_("number"), max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(_("purpose"), max_length=40, choices=chart.purpose_choices)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    ref_number = models.CharField(max_length=60, blank=True)
    debtor = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("payer"))
    creditor = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+", verbose_name=_("payee"))
    label = models.CharField(_("what it is for"), max_length=500)
    amount_fen = models.BigIntegerField(_("amount"))
    currency = models.CharField(max_length=3, default="CNY")
    due_at = AwareDateTimeField(_("pay by"))
    paid_at = AwareDateTimeField(_("paid at"), null=True)
    release_at = AwareDateTimeField(_("released from"), null=True)
    released_at = AwareDateTimeField(_("released at"), null=True)
    schedule = models.ForeignKey("settlement.Schedule", models.PROTECT, null=True, related_name="obligations")
    position = models.PositiveSmallIntegerField(_("instalment"), default=0)  # in its schedule, from 1
    hold_until = AwareDateTimeField(_("held until"), null=True)  # of a deposit: then it goes back undecided
    late_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="late_fees")
    late_ppm_a_day = models.PositiveIntegerField(_("late fee a day"), default=0)  # 500 = 0.05 % a day
    late_cap_bp_a_year = models.PositiveIntegerField(_("late fee a year at most"), default=0)  # 2,400 = 24 %

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Obligation")
        verbose_name_plural = _("Obligations")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="settlement_owed_is_positive"),
            models.CheckConstraint(
                condition=~models.Q(debtor=models.F("creditor")), name="settlement_nobody_owes_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["debtor", "state"], name="settlement_owed_by"),
            models.Index(fields=["creditor", "state"], name="settlement_owed_to"),
            models.Index(fields=["ref_kind", "ref_id"], name="settlement_owed_for"),
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="settlement_open_by_deadline"),
            models.Index(
                fields=["release_at"], condition=models.Q(state="paid", released_at=None), name="settlement_to_release"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen, self.currency)

    @property
    def allocated(self) -> Money:
        """What was paid on it, less what went back; summed, never stored (a list of rows brings it along)."""
        if (known := getattr(self, "known_paid_fen", None)) is not None:
            return Money(known, self.currency)
        paid = self.allocations.aggregate(fen=Sum("amount_fen", default=0))["fen"]
        back = self.refunds.aggregate(fen=Sum("amount_fen", default=0))["fen"]
        return Money(int(paid - back), self.currency)

    @property
    def left(self) -> Money:
        """What is still to be paid; nothing unless it is open."""
        return self.amount - self.allocated if self.state == ObligationState.OPEN else Money(0, self.currency)

    @property
    def holder_id(self) -> int:
        """Whose money it is while it is held: a deposit stays the payer's, a fee is held for the payee."""
        return self.debtor_id if self.purpose_row.hold else self.creditor_id

    @property
    def part_of_schedule(self) -> str:
        """Which instalment it is, in words; empty for what is owed in one sum."""
        if not self.schedule_id:
            return ""
        return gettext("Instalment {n} of {all}").format(n=self.position, all=self.schedule.parts)

    @property
    def purpose_row(self) -> chart.Purpose:
        """The row of the table of purposes."""
        return chart.PURPOSES[self.purpose]

    @property
    def ref(self) -> Ref:
        """The business object it is owed for."""
        return Ref(self.ref_kind, self.ref_id, self.ref_number)

    @property
    def party_ids(self) -> list[int]:
        """The two organizations concerned."""
        return [self.debtor_id, self.creditor_id]


class Objection(models.Model):
    """The payer objects to the release: the money stays in escrow until finance settles it."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="objections")
    reason = models.CharField(_("reason"), max_length=1000)
    raised_by_id = models.BigIntegerField(null=True)  # user
    raised_at = AwareDateTimeField(_("raised at"))
    settled_at = AwareDateTimeField(_("settled at"), null=True)
    settled_by_id = models.BigIntegerField(null=True)  # user
    outcome = models.CharField(_("outcome"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=models.Q(settled_at=None), name="settlement_one_open_objection"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by_id=None) | ~models.Q(settled_by_id=models.F("raised_by_id")),
                name="settlement_objection_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None) | models.Q(settled_by_id__isnull=False),
                name="settlement_objection_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.reason[:40]}"
