"""Who may see and do what with money. `queries` must agree with the rules that let see."""

import rules

from accounts.rules import can


def is_party(membership, obligation) -> bool:
    """Acts for one of the two organizations."""
    return getattr(membership, "organization_id", None) in obligation.party_ids


def sees_all(membership) -> bool:
    """Finance and the auditor see all money of the province."""
    return can(membership, "settle") or (can(membership, "see_money") and can(membership, "audit_read"))


@rules.predicate
def may_view(membership, obligation):
    """The parties' people who may see money, finance and the auditor."""
    return sees_all(membership) or (can(membership, "see_money") and is_party(membership, obligation))


@rules.predicate
def may_pay(membership, obligation):
    """The payer's people who may pay."""
    return can(membership, "pay") and membership.organization_id == obligation.debtor_id


@rules.predicate
def may_object(membership, obligation):
    """Whoever may pay may also say that the money must not be released yet."""
    return may_pay(membership, obligation)


@rules.predicate
def is_concerned(actor, obligation):
    """One of the parties or an officer: services above have asked for the exact right."""
    return is_party(actor, obligation) or bool(getattr(actor, "is_officer", False)) or can(actor, "settle")


@rules.predicate
def may_settle(membership, obj=None):
    """Finance."""
    return can(membership, "settle")


@rules.predicate
def may_confirm_account(membership, account):
    """Finance, but not the person who proposed the bank account."""
    return can(membership, "settle") and membership.user_id != account.proposed_by_id


rules.add_rule("settlement.view", may_view)
rules.add_rule("settlement.payer", may_pay)
rules.add_rule("settlement.objector", may_object)
rules.add_rule("settlement.party", is_concerned)
rules.add_rule("settlement.refunder", is_concerned)
rules.add_rule("settlement.settler", may_settle)
rules.add_rule("settlement.second_settler", may_confirm_account)
