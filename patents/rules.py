"""Who may do what with patents and their imports. Agrees with `queries`."""

import rules

from accounts.rules import can


@rules.predicate
def may_view(membership, patent):
    """Granted patents are public; the others are seen by their owners and by the administration."""
    return patent.grant_date is not None or owns(membership, patent) or sees_all(membership)


def sees_all(membership) -> bool:
    """The administration reviews, so it sees what is not public yet."""
    return can(membership, "review") or can(membership, "audit_read")


def owns(membership, patent) -> bool:
    """The membership's organization owns the patent today."""
    return bool(membership and membership.is_active and membership.organization_id in patent.owner_ids())


@rules.predicate
def may_keep(membership, patent):
    """Keep the patent in the portfolio: submit extracts, correct texts."""
    return can(membership, "manage_portfolio") and owns(membership, patent)


@rules.predicate
def may_confirm_extract(membership, extract):
    """An officer whose scope holds the organization, and who did not submit it."""
    if membership is None or membership.user_id == extract.submitted_by_id:
        return False
    if can(membership, "review_any_city"):
        return True
    return can(membership, "review") and membership.scope_city_id in (None, extract.organization.city_id)


rules.add_rule("patents.view", may_view)
rules.add_rule("patents.keeper", may_keep)
rules.add_rule("patents.extract_officer", may_confirm_extract)
