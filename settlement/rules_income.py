"""Who may do what with distributions of income and with invoices. `queries.income` and `queries.invoices` agree."""

import rules

from accounts.rules import can
from settlement.lifecycle_income import DISTRIBUTION
from settlement.rules import sees_all


def manages_income(membership, organization_id: int) -> bool:
    """Keeps the organization's patents and sees its money."""
    own = getattr(membership, "organization_id", None) == organization_id
    return own and can(membership, "manage_portfolio") and can(membership, "see_money")


def is_colleague(membership, organization_id: int) -> bool:
    """Any active member of the organization."""
    return bool(getattr(membership, "is_active", False)) and membership.organization_id == organization_id


@rules.predicate
def may_distribute(membership, distribution):
    """The institution's people who keep its patents."""
    return manages_income(membership, distribution.institution_id)


@rules.predicate
def may_object(membership, distribution):
    """Everybody of the institution, while the notice runs."""
    return is_colleague(membership, distribution.institution_id)


@rules.predicate
def may_view_distribution(membership, distribution):
    """The institution's people who see money; finance and the auditor; everybody inside during the notice.

    An inventor sees the own lines at any time, see `queries.income.lines`.
    """
    if sees_all(membership):
        return True
    inside = is_colleague(membership, distribution.institution_id)
    return inside and (can(membership, "see_money") or DISTRIBUTION.permits(distribution.state, "look"))


@rules.predicate
def may_issue(membership, invoice):
    """The seller's people who declare licenses; for the platform's own invoices finance."""
    if getattr(membership, "organization_id", None) != invoice.issuer_id:
        return False
    return can(membership, "settle") or (can(membership, "declare") and can(membership, "see_money"))


@rules.predicate
def may_request(membership, invoice):
    """The buyer's people who see money."""
    return can(membership, "see_money") and membership.organization_id == invoice.buyer_id


@rules.predicate
def may_view_invoice(membership, invoice):
    """Both parties' people who see money; finance and the auditor."""
    return sees_all(membership) or (can(membership, "see_money") and membership.organization_id in invoice.party_ids)


rules.add_rule("settlement.distributor", may_distribute)
rules.add_rule("settlement.colleague", may_object)
rules.add_rule("settlement.issuer", may_issue)
rules.add_rule("settlement.requester", may_request)
