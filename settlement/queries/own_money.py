"""The platform's own fees that still lie in the client account."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import chart, rules
from settlement.models import FeeRule, NightlyProof, OwnEntry, Posting, RuleProposal, Sweep, TaxRule


@dataclass(frozen=True, slots=True)
class Unswept:
    """A sub-account of 2031: ``account`` is where a sweep books it (income, or VAT payable)."""

    account: str
    party_id: int | None
    ref: Ref
    amount: Money


def unswept(currency: str = "CNY") -> list[Unswept]:
    """What a sweep would move, by account."""
    rows = (
        Posting.objects.filter(account_id=chart.OWN_FEES, currency=currency)
        .values("party_id", "ref_kind", "ref_id", "ref_number")
        .annotate(fen=Sum(F("credit_fen") - F("debit_fen")))
        .filter(fen__gt=0)
        .order_by("ref_number", "party_id")
    )
    return [
        Unswept(
            row["ref_number"],
            row["party_id"],
            Ref(row["ref_kind"], row["ref_id"] or 0, row["ref_number"]),
            Money(int(row["fen"]), currency),
        )
        for row in rows
    ]


class Sweeps:
    """For finance and the auditor only."""

    def visible_to(self, membership) -> QuerySet[Sweep]:
        """All or none."""
        return Sweep.objects.all() if rules.sees_all(membership) else Sweep.objects.none()


class OwnEntries:
    """For finance and the auditor only."""

    def visible_to(self, membership) -> QuerySet[OwnEntry]:
        """All or none."""
        found = OwnEntry.objects.select_related("entry", "target")
        return found if rules.sees_all(membership) else found.none()


class RuleProposals:
    """For finance and the auditor only; what was laid down is public to all who see money."""

    def visible_to(self, membership) -> QuerySet[RuleProposal]:
        """All or none."""
        return RuleProposal.objects.all() if rules.sees_all(membership) else RuleProposal.objects.none()


def rate_now(proposal: RuleProposal) -> str:
    """The rate that a proposed rule would follow: the newest one laid down for an earlier day; a dash where none is."""
    fee = proposal.family == RuleProposal.Family.FEE
    rows = FeeRule.objects.filter(purpose=proposal.about) if fee else TaxRule.objects.filter(kind=proposal.about)
    rule = rows.filter(valid_from__lt=proposal.valid_from).order_by("-valid_from").first()
    return f"{rule.rate_bp / 100:g} %" if rule else "—"


class Proofs:
    """For finance and the auditor only."""

    def visible_to(self, membership) -> QuerySet[NightlyProof]:
        """All or none."""
        return NightlyProof.objects.all() if rules.sees_all(membership) else NightlyProof.objects.none()


proofs = Proofs()
rule_proposals = RuleProposals()
sweeps = Sweeps()
own_entries = OwnEntries()
