"""Who may do what in auctions. The names of the tables in `lifecycle`; `queries` agree with the views they allow."""

import rules

from accounts import rules as account_rules


def is_officer(membership) -> bool:
    """An officer of the whole province: seasons are provincial."""
    return account_rules.can(membership, "review_any_city")


def is_staff(membership) -> bool:
    """Anybody of the administration: never a bidder (Auction Law Art. 22)."""
    return membership is not None and membership.organization.kind == "administration"


def may_object(membership) -> bool:
    """Members who may dispute for their organization: those who pay, and those who offer its patents."""
    return account_rules.can(membership, "pay") or account_rules.can(membership, "declare")


STATE_KINDS = ("university", "institute")


def is_state_seller(organization) -> bool:
    """Universities, institutes and state-owned firms: what they sell is announced before it is delivered."""
    return organization.kind in STATE_KINDS or organization.is_state_owned


@rules.predicate
def officer(membership, obj) -> bool:
    """Conducts the season."""
    return is_officer(membership)


@rules.predicate
def seller(membership, obj) -> bool:
    """Members of the seller who may offer its patents."""
    return account_rules.can(membership, "declare") and membership.organization_id == obj.seller_id


@rules.predicate
def bidder(membership, registration) -> bool:
    """Members of the registered party who may bid."""
    return account_rules.can(membership, "bid") and membership.organization_id == registration.organization_id


@rules.predicate
def buyer(membership, sale) -> bool:
    """Members of the buyer who may bid."""
    return account_rules.can(membership, "bid") and membership.organization_id == sale.buyer_id


for name, rule in {"officer": officer, "reviewer": officer, "seller": seller, "bidder": bidder, "buyer": buyer}.items():
    rules.add_rule(f"auctions.{name}", rule)
