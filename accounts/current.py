"""For whom a person acts: every page of a member asks it. A test holds it against `queries.memberships_of`."""

from accounts.models import Membership, Organization
from foundation.core.rows import Rows

ACTIVE = Rows(
    "FROM accounts_membership m JOIN accounts_organization o ON o.id = m.organization_id"
    " WHERE m.user_id = %s AND m.is_active ORDER BY m.id",
    m=Membership,
    o=Organization,
)


def memberships(user) -> list[Membership]:
    """The user's active memberships with their organizations, oldest first, as the database has them now."""
    found = []
    for membership, organization in ACTIVE.read(user.pk):
        membership.user, membership.organization = user, organization
        found.append(membership)
    return found
