"""Obligations, payments, entries and cases a membership may look at."""

from django.db.models import BigIntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from foundation.core.refs import Ref
from settlement import rules
from settlement.models import Allocation, Case, JournalEntry, Obligation, Payment, Posting, Refund


def _sum_of(model):
    rows = model.objects.filter(obligation=OuterRef("pk")).order_by().values("obligation")
    return Coalesce(Subquery(rows.annotate(fen=Sum("amount_fen")).values("fen"), output_field=BigIntegerField()), 0)


NET_PAID = _sum_of(Allocation) - _sum_of(Refund)


def _may_see_money(membership) -> bool:
    return rules.can(membership, "see_money")


class Obligations:
    """Agrees with the rule `settlement.view`."""

    def visible_to(self, membership) -> QuerySet[Obligation]:
        """Those of the own organization, all for finance and the auditor."""
        found = Obligation.objects.select_related("debtor", "creditor", "schedule").annotate(known_paid_fen=NET_PAID)
        if rules.sees_all(membership):
            return found
        if not _may_see_money(membership):
            return found.none()
        own = membership.organization_id
        return found.filter(Q(debtor_id=own) | Q(creditor_id=own))

    def to_pay(self, membership) -> QuerySet[Obligation]:
        """What the own organization has to pay, by deadline."""
        return self.visible_to(membership).filter(
            debtor_id=getattr(membership, "organization_id", None), state="open"
        ).order_by("due_at", "pk")  # fmt: skip


class Payments:
    """Attempts to pay: the payer's own, all for finance."""

    def visible_to(self, membership) -> QuerySet[Payment]:
        """A payee sees what was received, not how the payer tried."""
        found = Payment.objects.select_related("obligation__debtor", "obligation__creditor")
        if rules.sees_all(membership):
            return found
        if not _may_see_money(membership):
            return found.none()
        own = membership.organization_id
        paid = Allocation.objects.filter(obligation__debtor_id=own).values("payment")
        mine = Q(obligation__debtor_id=own) | Q(pk__in=paid)
        return found.filter(mine | Q(obligation__creditor_id=own, state="confirmed"))


class Entries:
    """Journal entries with their postings."""

    def visible_to(self, membership) -> QuerySet[JournalEntry]:
        """Those that touch a sub-account or an obligation of the own organization, all for finance."""
        lines = Posting.objects.select_related("account", "party")
        found = JournalEntry.objects.prefetch_related(Prefetch("postings", lines))
        if rules.sees_all(membership):
            return found
        if not _may_see_money(membership):
            return found.none()
        own = membership.organization_id
        mine = Obligation.objects.filter(Q(debtor_id=own) | Q(creditor_id=own)).values("pk")
        touched = Posting.objects.filter(
            Q(party_id=own) | Q(ref_kind=Obligation._meta.label_lower, ref_id__in=mine)
        ).values("entry_id")
        return found.filter(pk__in=touched)


class Cases:
    """Money to clarify: for finance and the auditor only."""

    def visible_to(self, membership) -> QuerySet[Case]:
        """All or none."""
        found = Case.objects.select_related("payment__obligation", "obligation", "refund")
        return found if rules.sees_all(membership) else found.none()


obligations = Obligations()
payments = Payments()
entries = Entries()
cases = Cases()


def entries_for(ref, membership) -> QuerySet[JournalEntry]:
    """The entries about a business object (a license, an obligation) that a membership may see, oldest first."""
    ref = Ref.of(ref)
    by_line = Posting.objects.filter(ref_kind=ref.kind, ref_id=ref.id).values("entry_id")
    about = Q(ref_kind=ref.kind, ref_id=ref.id) | Q(pk__in=by_line)
    return entries.visible_to(membership).filter(about).order_by("pk")
