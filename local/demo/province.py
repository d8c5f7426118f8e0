"""The whole province in two steps: a small part at once, the rest in a job that can be killed and resumed."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from accounts.models import Membership
from foundation.core import clock
from local.demo import cast, instalments, plan, portfolio, register, telling, texts_read
from local.demo.books import office
from local.demo.books import story as books
from local.demo.challenges import story as challenges
from local.demo.season import story as seasons
from local.demo.season import table as auctioned
from patents.models import Patent
from settlement.services import proving

FOUNDED = timedelta(days=400)  # before today
NIGHTS = 28  # with a proof that client money is complete
SMALL_ORGANIZATIONS = 3  # universities and firms of the small demo, each


def holders() -> list[dict[str, str]]:
    """Organizations that hold patents, in the order of the texts."""
    held = [row["holder"] for row in texts_read.patents()]
    held += [row["co_holder"] for row in texts_read.patents() if row["co_holder"]]
    return [row for row in texts_read.organizations() if row["key"] in set(held)]


def firms() -> list[dict[str, str]]:
    """Who takes licenses: enterprises, Chinese and foreign."""
    return [row for row in texts_read.organizations() if row["kind"] in ("enterprise", "foreign_company")]


@cache
def today():
    """The moment of loading: history lies before it."""
    return clock.database_now()


def found_organization(row: dict[str, str]) -> Membership:
    """Register and verify an organization at its day more than a year ago."""
    if head := cast.GROUPS.get(row["key"]):
        found_organization(next(other for other in texts_read.organizations() if other["key"] == head))
    place = [other["key"] for other in texts_read.organizations()].index(row["key"])
    names = texts_read.people()
    with clock.at(today() - FOUNDED + timedelta(minutes=7 * place)):
        return cast.found(row, names[(place + 10) % len(names)]["name_zh"])


def demo_logins() -> None:
    """The people behind the printed logins, in the first university and the first firm."""
    university = found_organization(_first("university"))
    firm = found_organization(_first("enterprise"))
    names = texts_read.people()
    with clock.at(today() - FOUNDED + timedelta(days=1)):
        cast.colleague(university, "ip_manager", "ip_manager", names[6]["name_zh"])
        cast.colleague(firm, "licensing_user", "licensing_user", names[7]["name_zh"])
        cast.colleague(firm, "bidder", "bidder", names[8]["name_zh"])


def _first(kind: str) -> dict[str, str]:
    return next(row for row in texts_read.organizations() if row["kind"] == kind)


def nothing(_stories: int) -> None:
    """No progress to show."""


def bring_in_patents(keys: set[str], beat: Callable[[int], None] = nothing) -> None:
    """Import the portfolios of these holders."""
    by_holder: dict[str, list] = {}
    for row in texts_read.patents():
        if row["holder"] in keys:
            by_holder.setdefault(row["holder"], []).append(row)
    rows = {row["key"]: row for row in texts_read.organizations()}
    declared = {story.patent for story in plan.stories(texts_read.patents(), today())}
    imported_at = today() - FOUNDED + timedelta(days=2)
    as_of = clock.local_date(imported_at).isoformat()
    for key, patents in by_holder.items():
        owner = found_organization(rows[key])
        for other in sorted({patent["co_holder"] for patent in patents if patent["co_holder"]}):
            found_organization(rows[other])
        with clock.at(imported_at):
            portfolio.bring_in(owner, patents, as_of, declared)
        _keep_fresh([patent["number"] for patent in patents if patent["number"] not in declared])
        beat(0)


def _keep_fresh(numbers: list[str]) -> None:
    """The register's last delivery for what nobody declares."""
    with clock.at(today() - timedelta(days=20)):
        for patent in Patent.objects.filter(number__in=numbers):
            register.keep_fresh(patent)


def manager_of(holder: str) -> Membership:
    """Who declares for a holder: its IP manager, else its owner."""
    rows = {row["key"]: row for row in texts_read.organizations()}
    owner = found_organization(rows[holder])
    member = owner.organization.memberships.filter(role="ip_manager").first()
    return member or owner


def load_small() -> None:
    """The administration, the demo logins, ten declarations and five licenses."""
    cast.officer.cache_clear()
    with clock.at(today() - FOUNDED):
        cast.administration()
    demo_logins()
    stories = plan.stories(texts_read.patents(), today())[: plan.SMALL_STORIES]
    bring_in_patents({story.holder for story in stories})
    takers = [found_organization(row) for row in firms()[:SMALL_ORGANIZATIONS]]
    _tell(stories, takers, nothing)


def prove_last_nights() -> None:
    """Client money was proved complete on each of the last nights, each at its own time; the latest is proved now."""
    for back in range(NIGHTS, 1, -1):
        day = clock.local_date(today()) - timedelta(days=back)
        with clock.at(clock.end_of_local_day(day) + proving.SETTLES):
            proving.prove_night(day=day)
    proving.prove_nights()


def load_rest(beat: Callable[[int], None]) -> None:
    """Everything else; `beat(n)` says that n more stories stand. A repeat goes on where the last one stopped."""
    stories = plan.stories(texts_read.patents(), today())
    for row in texts_read.organizations():
        found_organization(row)
        beat(0)
    bring_in_patents(auctioned.holders(), beat)
    seasons.tell(today(), beat)  # first: a visitor finds a room in which bids are placed
    bring_in_patents({row["key"] for row in holders()}, beat)
    challenges.tell(today(), beat)
    takers = [found_organization(row) for row in firms()]
    office.begin(today())
    _tell(stories, takers, beat)
    instalments.tell(manager=manager_of(plan.OWN_HOLDER), firm=takers[0], now=today())
    books.tell(today(), takers, beat)
    prove_last_nights()


def _tell(stories, takers, beat) -> None:
    for story in sorted(stories, key=lambda story: story.submitted_at):
        if not telling.is_told(story):
            manager = manager_of(story.holder)
            able = [firm for firm in takers if firm.organization_id != manager.organization_id]
            telling.tell(story, manager=manager, firms=able, now=today())
        beat(1)
