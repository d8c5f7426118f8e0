"""Incomes, policies and distributions a membership may look at. Agrees with `rules_income`."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from settlement import rules, rules_income
from settlement.lifecycle_income import DISTRIBUTION, DistributionState
from settlement.models import (
    Distribution,
    DistributionLine,
    IncomePolicy,
    InventorAgreement,
    LineKind,
    OwnerShare,
    PatentCost,
)

ON_SHOW = DISTRIBUTION.permitting("look")
DUE_TO_INVENTORS = (LineKind.RETURN, LineKind.INVENTOR)


class Distributions:
    """The institution's; all for finance and the auditor; those in notice for everybody inside."""

    def visible_to(self, membership) -> QuerySet[Distribution]:
        """With institution, patent and policy."""
        found = Distribution.objects.select_related("institution", "patent", "policy", "share__income__obligation")
        if rules.sees_all(membership):
            return found
        if membership is None or not membership.is_active:
            return found.none()
        inside = found.filter(institution_id=membership.organization_id)
        return inside if rules.can(membership, "see_money") else inside.filter(state__in=ON_SHOW)

    def to_do(self, membership) -> QuerySet[Distribution]:
        """Those that wait for the institution, oldest first."""
        if not rules_income.manages_income(membership, getattr(membership, "organization_id", 0)):
            return Distribution.objects.none()
        waiting = Q(state__in=[DistributionState.COMPUTED, DistributionState.CONFIRMED, DistributionState.OBJECTED])
        own = self.visible_to(membership).filter(institution_id=membership.organization_id)
        return own.filter(waiting | Q(state=DistributionState.AGREED, delegated=False)).order_by("pk")


class InventorLines:
    """What inventors get: their own lines, whatever their role and organization."""

    def visible_to(self, membership) -> QuerySet[DistributionLine]:
        """The person's lines of distributions that stand, newest first."""
        found = DistributionLine.objects.select_related("distribution__institution", "distribution__patent", "cost")
        if membership is None or not membership.is_active or membership.user_id is None:
            return found.none()
        mine = found.filter(user_id=membership.user_id, kind__in=DUE_TO_INVENTORS)
        return mine.exclude(distribution__state=DistributionState.CANCELLED).order_by("-distribution_id", "position")


class Shares:
    """Owners' parts of incomes: one's own, all for finance and the auditor."""

    def visible_to(self, membership) -> QuerySet[OwnerShare]:
        """With income, obligation and patent, newest first."""
        found = OwnerShare.objects.select_related("organization", "income__obligation", "income__patent")
        found = found.order_by("-income_id", "position")
        if rules.sees_all(membership):
            return found
        if not rules.can(membership, "see_money"):
            return found.none()
        return found.filter(organization_id=membership.organization_id)

    def undistributed(self, membership) -> QuerySet[OwnerShare]:
        """Parts of institutions with a policy that no distribution shares yet."""
        standing = Distribution.objects.exclude(state=DistributionState.CANCELLED).values("share_id")
        ruled = IncomePolicy.objects.values("institution_id")
        return self.visible_to(membership).filter(organization_id__in=ruled).exclude(pk__in=standing)


class Policies:
    """An institution's own policies; all for finance and the auditor."""

    def visible_to(self, membership) -> QuerySet[IncomePolicy]:
        """Newest version first."""
        found = IncomePolicy.objects.select_related("institution").order_by("institution_id", "-version")
        if rules.sees_all(membership):
            return found
        if not rules.can(membership, "see_money"):
            return found.none()
        return found.filter(institution_id=membership.organization_id)


distributions, lines, shares, policies = Distributions(), InventorLines(), Shares(), Policies()


def policy_of(institution_id: int, on: date) -> IncomePolicy | None:
    """The version valid on a day, or None where the institution has laid down nothing."""
    rows = IncomePolicy.objects.filter(institution_id=institution_id, valid_from__lte=on)
    return rows.order_by("-valid_from", "-version").first()


def agreement_of(patent, institution_id: int) -> InventorAgreement | None:
    """The newest agreement of a patent's inventors."""
    rows = InventorAgreement.objects.filter(patent=patent, institution_id=institution_id)
    return rows.prefetch_related(Prefetch("shares")).order_by("-version").first()


def costs_of(patent, institution_id: int) -> QuerySet[PatentCost]:
    """What was spent on a patent, oldest first."""
    return PatentCost.objects.filter(patent=patent, institution_id=institution_id).select_related("borne_by_user")
