"""Who may handle a case. `queries.visible_to` must agree with `approvals.view`."""

import rules

from accounts.rules import can


def in_scope(actor, review) -> bool:
    """City officers handle the cases of their city, provincial officers all."""
    if not can(actor, "review"):
        return False
    return can(actor, "review_any_city") or (actor.scope_city_id is not None and actor.scope_city_id == review.city_id)


@rules.predicate
def may_review(actor, review):
    """An officer in scope who neither opened nor corrected the case nor belongs to its organization (four eyes).

    What the administration asks of itself (a payout run of its finance) is decided by another person of it.
    """
    outside = actor.organization_id != review.organization_id or review.organization.kind == "administration"
    return in_scope(actor, review) and actor.user_id not in review.maker_ids and outside


@rules.predicate
def is_opener(actor, review):
    """Somebody of the organization whose case it is."""
    return actor is not None and actor.is_active and actor.organization_id == review.organization_id


@rules.predicate
def may_view(actor, review):
    """The desk: officers in scope and whoever reads the whole history."""
    return in_scope(actor, review) or can(actor, "audit_read")


rules.add_rule("approvals.reviewer", may_review)
rules.add_rule("approvals.opener", is_opener)
rules.add_rule("approvals.view", may_view)
