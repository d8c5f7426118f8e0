"""Who acts in the demo's seasons: the owners and managers of organizations, a second officer for four eyes."""

from accounts.models import Membership
from accounts.services import people as opening
from local.demo import cast, texts_read
from local.demo.season import table

SECOND, SECONDS_KEY = "season_officer", "office7"


def owner(key: str) -> Membership:
    """The owner of an organization of the texts; it is registered already."""
    return Membership.objects.select_related("user", "organization").get(user__email=cast.address(f"owner.{key}"))


def seller(key: str) -> Membership:
    """Who sells for a holder: its IP manager, else its owner."""
    member = owner(key)
    return member.organization.memberships.filter(role="ip_manager").first() or member


def bidder(key: str) -> Membership:
    """Who bids for a firm: the demo login, else its owner."""
    if key == table.OWN:
        return Membership.objects.select_related("user", "organization").get(user__email=cast.address("bidder"))
    return owner(key)


def officer() -> Membership:
    """The officer of the demo logins."""
    return cast.officer()


def second() -> Membership:
    """Another officer of the province, who decides what the first one proposed."""
    name = next(row["name_zh"] for row in texts_read.people() if row["key"] == SECONDS_KEY)
    user = cast.open_account(SECOND, name)
    office = officer().organization
    if not user.memberships.exists():
        opening.appoint(user=user, role="provincial_officer", organization=office)
    return Membership.objects.select_related("user", "organization").get(user=user)
