"""Who may see and do what with payout accounts, payouts, refund requests and disputes. `queries` must agree."""

import rules

from accounts.rules import can
from settlement.rules import is_party, may_settle, sees_all


def _organization_id(obj) -> int | None:
    return getattr(obj, "organization_id", None) or getattr(obj, "pk", None)


@rules.predicate
def may_keep_account(membership, obj):
    """Whoever manages the organization names its bank account; ``obj`` is the organization or one of its accounts."""
    return (
        can(membership, "manage_organization")
        and can(membership, "see_money")
        and membership.organization_id == _organization_id(obj)
    )


@rules.predicate
def may_ask_back(membership, obj):
    """The payer's people who may pay; ``obj`` is the obligation or a request about it. Finance asks for anybody."""
    obligation = getattr(obj, "obligation", obj)
    return may_settle(membership) or (can(membership, "pay") and membership.organization_id == obligation.debtor_id)


def _deals(membership, organization_id) -> bool:
    """Pays for a payer, keeps the portfolio for a payee."""
    may = can(membership, "pay") or can(membership, "declare")
    return may and can(membership, "see_money") and membership.organization_id == organization_id


@rules.predicate
def may_dispute(membership, obj):
    """Either side's people who deal with money; ``obj`` is the obligation or a dispute about it."""
    obligation = getattr(obj, "obligation", obj)
    return any(_deals(membership, one) for one in obligation.party_ids)


@rules.predicate
def is_claimant(membership, dispute):
    """The side that opened it."""
    return _deals(membership, dispute.claimant_id)


@rules.predicate
def is_respondent(membership, dispute):
    """The other side."""
    return _deals(membership, dispute.respondent_id)


@rules.predicate
def may_mediate(membership, dispute=None):
    """Provincial officers mediate, unless their organization is one of the parties."""
    if not can(membership, "review_any_city"):
        return False
    return dispute is None or membership.organization_id not in dispute.party_ids


def may_move(membership, dispute) -> bool:
    """Either side, and the mediator: who may ask for mediation, end the talks, or record where the case went."""
    return may_dispute(membership, dispute) or may_mediate(membership, dispute)


def may_offer(membership, dispute) -> bool:
    """Either side; in mediation the mediator too."""
    mediates = dispute.state == "mediation" and may_mediate(membership, dispute)
    return may_dispute(membership, dispute) or mediates


def may_carry_out(membership, dispute) -> bool:
    """An officer who mediates, or finance, carries out a ruling."""
    return may_mediate(membership, dispute) or may_settle(membership)


@rules.predicate
def may_see_dispute(membership, dispute):
    """Both sides' people who may see money, the mediators, finance and the auditor."""
    if sees_all(membership) or may_mediate(membership, dispute):
        return True
    return can(membership, "see_money") and is_party(membership, dispute)


rules.add_rule("settlement.account_keeper", may_keep_account)
rules.add_rule("settlement.refund_asker", may_ask_back)
rules.add_rule("settlement.disputant", may_dispute)
rules.add_rule("settlement.claimant", is_claimant)
rules.add_rule("settlement.respondent", is_respondent)
rules.add_rule("settlement.mediator", may_mediate)
rules.add_rule("settlement.dispute_view", may_see_dispute)
