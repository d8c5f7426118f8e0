"""Who moves a license: its two sides. The system and the clock act where the table names them."""

import rules

from accounts import rules as account_rules


@rules.predicate
def is_licensee(membership, license) -> bool:
    """Members of the licensee who may take licenses."""
    return account_rules.can(membership, "take_license") and (membership.organization_id == license.licensee_id)


@rules.predicate
def is_licensor(membership, license) -> bool:
    """Members of the licensor who may declare."""
    return account_rules.can(membership, "declare") and (membership.organization_id == license.licensor_id)


def install() -> None:
    """Register the names that the license table uses."""
    rules.add_rule("licenses.licensee", is_licensee)
    rules.add_rule("licenses.licensor", is_licensor)
