"""Who may do what with challenges: the names of the tables in `lifecycle`; `queries` agree with them."""

import rules

from accounts import rules as account_rules
from challenges.models import Award, Challenge, Milestone


def is_officer(membership) -> bool:
    """An officer of the whole province: lists are provincial."""
    return account_rules.can(membership, "review_any_city")


def may_publish(membership) -> bool:
    """Members who may publish a challenge for their organization and take its decisions: those who may license."""
    return account_rules.can(membership, "take_license")


def may_propose(membership) -> bool:
    """Members who may write and submit proposals for their organization: those who may offer its patents."""
    return account_rules.can(membership, "declare")


@rules.predicate
def officer(membership, obj) -> bool:
    """Conducts the list."""
    return is_officer(membership)


@rules.predicate
def owner(membership, obj) -> bool:
    """Members of the firm with the problem. Awards and milestones know it by their challenge."""
    return may_publish(membership) and membership.organization_id == _challenge(obj).owner_id


@rules.predicate
def solver(membership, obj) -> bool:
    """Members of the organization that proposes or works."""
    return may_propose(membership) and membership.organization_id == _solver_id(obj)


@rules.predicate
def expert(membership, seat) -> bool:
    """The expert who sits there."""
    return membership is not None and membership.is_active and membership.user_id == seat.expert.user_id


def _challenge(obj) -> Challenge:
    if isinstance(obj, Milestone):
        obj = obj.award
    return obj if isinstance(obj, Challenge) else obj.challenge


def _solver_id(obj) -> int:
    if isinstance(obj, Milestone):
        obj = obj.award
    return obj.solver_id if isinstance(obj, Award) else obj.organization_id


for name, rule in {"officer": officer, "owner": owner, "solver": solver, "expert": expert}.items():
    rules.add_rule(f"challenges.{name}", rule)
