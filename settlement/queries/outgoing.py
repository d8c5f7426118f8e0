"""Payouts, runs, payout accounts, refund requests and disputes a membership may look at."""

from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import rules, rules_payouts
from settlement.lifecycle_disputes import DisputeState
from settlement.lifecycle_payouts import PayoutState
from settlement.models import Dispute, Freeze, Payout, PayoutAccount, PayoutRun, RefundRequest


def _own(membership) -> int | None:
    """The organization whose money one may see, or None."""
    return membership.organization_id if rules.can(membership, "see_money") else None


class Runs:
    """For finance and the auditor only."""

    def visible_to(self, membership) -> QuerySet[PayoutRun]:
        """All or none."""
        found = PayoutRun.objects.select_related("file")
        return found if rules.sees_all(membership) else found.none()


class Payouts:
    """The payee's own once they were sent, all for finance and the auditor."""

    def visible_to(self, membership) -> QuerySet[Payout]:
        """A payee sees nothing of what is only planned."""
        found = Payout.objects.select_related("run", "party", "refund")
        if rules.sees_all(membership):
            return found
        own = _own(membership)
        if own is None:
            return found.none()
        return found.filter(party_id=own).exclude(state__in=["planned", "dropped"])


class PayoutAccounts:
    """One's own accounts; finance and the auditor see all, masked."""

    def visible_to(self, membership) -> QuerySet[PayoutAccount]:
        """Those of the own organization."""
        found = PayoutAccount.objects.select_related("organization")
        if rules.sees_all(membership):
            return found
        own = _own(membership)
        return found.none() if own is None else found.filter(organization_id=own)


class RefundRequests:
    """Both sides' own, all for finance and the auditor."""

    def visible_to(self, membership) -> QuerySet[RefundRequest]:
        """Payer and payee see the same."""
        found = RefundRequest.objects.select_related("obligation__debtor", "obligation__creditor")
        if rules.sees_all(membership):
            return found
        own = _own(membership)
        if own is None:
            return found.none()
        return found.filter(Q(obligation__debtor_id=own) | Q(obligation__creditor_id=own))


class Disputes:
    """Agrees with the rule "settlement.dispute_view"."""

    def visible_to(self, membership) -> QuerySet[Dispute]:
        """Both sides' own; all for finance, the auditor and the mediators (who are no party)."""
        found = Dispute.objects.select_related("obligation__debtor", "obligation__creditor", "claimant", "respondent")
        if rules.sees_all(membership):
            return found
        own = _own(membership)
        mine = Q(claimant_id=own) | Q(respondent_id=own) if own is not None else Q(pk=None)
        if rules_payouts.may_mediate(membership):
            here = membership.organization_id
            return found.filter(mine | ~(Q(claimant_id=here) | Q(respondent_id=here)))
        return found.filter(mine)


runs = Runs()
payouts = Payouts()
payout_accounts = PayoutAccounts()
refund_requests = RefundRequests()
disputes = Disputes()


def disputes_waiting_for(membership) -> QuerySet[Dispute]:
    """Disputes this membership has to answer, or to mediate, by deadline."""
    rows = disputes.visible_to(membership)
    if rules_payouts.may_mediate(membership):
        return rows.filter(state=DisputeState.MEDIATION, mediator="").order_by("pk")
    own = getattr(membership, "organization_id", None)
    return rows.filter(state=DisputeState.OPEN, respondent_id=own).order_by("due_at", "pk")


def frozen_for(basis) -> Money:
    """What is still frozen for a dispute or distribution."""
    ref = Ref.of(basis)
    rows = Freeze.objects.filter(basis_kind=ref.kind, basis_id=ref.id, lifted_at=None)
    return Money(int(rows.aggregate(fen=Sum("amount_fen", default=0))["fen"]))


def freezes_for(basis) -> QuerySet[Freeze]:
    """Everything that is or was frozen for it, oldest first."""
    ref = Ref.of(basis)
    return Freeze.objects.filter(basis_kind=ref.kind, basis_id=ref.id).order_by("pk")


def _fen_of(rows: QuerySet, key: str) -> Coalesce:
    """The sum of rows of one outer row as a column, 0 without rows."""
    summed = rows.order_by().values(key).annotate(fen=Cast(Sum("amount_fen"), BigIntegerField())).values("fen")
    return Coalesce(Subquery(summed, output_field=BigIntegerField()), 0)


def with_frozen(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Disputes with ``frozen_fen``: what is still frozen for each."""
    kind = Dispute._meta.label_lower
    frozen = Freeze.objects.filter(basis_kind=kind, basis_id=OuterRef("pk"), lifted_at=None)
    return rows.annotate(frozen_fen=_fen_of(frozen, "basis_id"))


def with_totals(rows: QuerySet[PayoutRun]) -> QuerySet[PayoutRun]:
    """Runs with ``count`` and ``total_fen`` of their payouts, without those left out."""
    kept = Payout.objects.filter(run=OuterRef("pk")).exclude(state=PayoutState.DROPPED)
    counted = kept.order_by().values("run").annotate(n=Count("pk")).values("n")
    return rows.annotate(count=Coalesce(Subquery(counted), 0), total_fen=_fen_of(kept, "run"))
