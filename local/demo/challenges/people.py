"""Who acts in the demo's challenges: officers, openers, firms, teams, and the experts of the pool."""

from accounts.models import Membership, Organization
from accounts.services import people as opening
from challenges.models import Expert, ListSeason
from challenges.services import openers
from local import demo_logins
from local.demo import cast, texts_read
from local.demo.season.people import officer, owner, second

EXPERTS = 7
UNITS = (
    "云浦大学",
    "望溪医科大学",
    "青屿海洋工程研究院",
    "江北工业研究所",
    "临汐材料研究院",
    "东澜理工学院",
    "澄湖大学",
)
VISITORS_UNIT = "芦川工程大学"
PASSPHRASE = demo_logins.PASSWORD
HOLDERS = {"officer": "provincial_officer", "supervisor": "auditor", "custodian": "finance"}


def pool() -> list[Expert]:
    """The experts of the pool, outside every unit that proposes."""
    names = [row["name_zh"] for row in texts_read.people()][-EXPERTS:]
    return [_expert(f"challenge_expert{n}", name, UNITS[n - 1]) for n, name in enumerate(names, 1)]


def visitor() -> Expert:
    """The expert of the demo logins, in the pool like the others."""
    user = cast.officer("expert").user
    return _expert("expert", user.name, VISITORS_UNIT)


def _expert(login: str, name: str, unit: str) -> Expert:
    user = cast.open_account(login, name)
    office: Organization = officer().organization
    if not user.memberships.exists():
        opening.appoint(user=user, role="expert", organization=office)
    found = Expert.objects.filter(user=user).first()
    if found is not None:
        return found
    fields = ["H01M", "G01M", "A01D", "G01R", "C08G"]
    return Expert.objects.create(user=user, unit_name=unit, title="教授", ipc=fields, names=[name])


def sitting(expert: Expert) -> Membership:
    """The membership an expert acts by."""
    return Membership.objects.select_related("user", "organization").get(user=expert.user, role="expert")


def take_keys(season: ListSeason) -> dict[str, str]:
    """The three openers take their keys with the demo's password as passphrase; their shares by part."""
    return {
        part: openers.take_key(season=season, passphrase=PASSPHRASE, actor=cast.officer(role)).share
        for part, role in HOLDERS.items()
    }


__all__ = ["officer", "owner", "pool", "second", "sitting", "take_keys", "visitor"]
