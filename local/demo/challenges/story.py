"""The demo's lists in order. The earlier list is one piece, because its openers' shares exist only while it is told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from challenges.models import Challenge, ListSeason
from challenges.services import rooms, seasons
from foundation.core import clock
from foundation.core.clock import local_date
from local.demo.challenges import panel, people, steps, table, working

DAY = timedelta(days=1)
BEGUN = {table.EARLIER: -200, table.MIDDLE: -45, table.PRESENT: -16}  # days
NAMES = {
    table.EARLIER: ("揭榜挂帅榜单（第一期）", "List of challenges, first run"),
    table.MIDDLE: ("揭榜挂帅榜单（第二期）", "List of challenges, second run"),
    table.PRESENT: ("揭榜挂帅榜单（第三期）", "List of challenges, third run"),
}
TARGETS = {
    key: dict(zip(("target_published", "target_proposals", "target_contracted"), counts, strict=True))
    for key, counts in {table.EARLIER: (3, 6, 3), table.MIDDLE: (4, 10, 3), table.PRESENT: (6, 15, 5)}.items()
}
SHARES = "demo-shares.txt"
Beat = Callable[[int], None]


def codes(now: datetime) -> dict[str, str]:
    """The codes of the lists."""
    year = local_date(now).year
    return {key: f"{year}{letter}" for key, letter in zip(BEGUN, "ABC", strict=True)}


def tell(now: datetime, beat: Beat) -> None:
    """Everything about challenges; every organization is registered. Each list is told once."""
    for told in (_earlier, _middle, _present):
        told(now)
        beat(0)


def _season(key: str, now: datetime) -> tuple[ListSeason, dict[str, str]]:
    """A list that collects challenges, and the shares of its openers."""
    at, (title_zh, title_en) = now + BEGUN[key] * DAY, NAMES[key]
    with clock.at(at):
        code = codes(now)[key]
        named = {"title_zh_hans": f"{code[:4]}年{title_zh}", "title_en": f"{title_en}, {code[:4]}", "panel_size": 3}
        named |= TARGETS[key]
        made = seasons.create_season(actor=people.officer(), code=code, **named)
        shares = people.take_keys(made)
        return seasons.lead(season=made, move="collect", actor=people.officer()), shares


def _rows(key: str) -> list[table.Row]:
    return [row for row in table.ROWS if row.season == key]


@transaction.atomic
def _earlier(now: datetime) -> None:
    """A list whose challenges were awarded: one completed, one in work, one contract to sign."""
    if ListSeason.objects.filter(code=codes(now)[table.EARLIER]).exists():
        return
    season, shares = _season(table.EARLIER, now)
    begun = now + BEGUN[table.EARLIER] * DAY
    for n, row in enumerate(_rows(table.EARLIER)):
        late = 110 * DAY if row.fate == "to_sign" else n * DAY
        made = steps.publish(steps.submit(steps.draft(row, season, begun + late), row, begun + late + DAY), row,
                             begun + late + 3 * DAY)  # fmt: skip
        steps.propose(made, row, begun + late + 12 * DAY)
        made = steps.award(panel.score_all(made, shares), row)
        _follow(made, row)
    for move, days in (("run", -30), ("track", -10)):
        with clock.at(now + days * DAY):
            seasons.lead(season=season, move=move, actor=people.officer())


def _follow(made: Challenge, row: table.Row) -> None:
    award = made.awards.get(state="contracting")
    at = made.notice_until_at + 3 * DAY
    if row.fate == "to_sign":
        return
    award = working.sign(award, row, at)
    tellers = {"completed": working.complete, "in_work": working.rework}
    tellers[row.fate](award, row, at + 10 * DAY)


@transaction.atomic
def _middle(now: datetime) -> None:
    """The list whose proposals are judged: one in public notice with an objection, one on the experts' desks, and one
    that waits for its openers."""
    if ListSeason.objects.filter(code=codes(now)[table.MIDDLE]).exists():
        return
    season, shares = _season(table.MIDDLE, now)
    last_days = {"noticed": -11, "reviewed": -6, "closed": -1}
    for row in _rows(table.MIDDLE):
        at = now + (last_days[row.fate] - steps.OPEN_DAYS) * DAY
        made = steps.publish(steps.submit(steps.draft(row, season, at), row, at + DAY), row, at + 3 * DAY)
        steps.propose(made, row, at + 12 * DAY)
        if row.fate == "noticed":
            noticed = steps.choose(panel.score_all(made, shares), row)
            steps.object_to(noticed, row, now - DAY)
        elif row.fate == "reviewed":
            panel.score_partly(made, shares)
        else:
            panel.close(made)
    with clock.at(now - 27 * DAY):
        seasons.lead(season=season, move="run", actor=people.officer())
    _keep(season, shares)


@transaction.atomic
def _present(now: datetime) -> None:
    """The list that takes proposals now, with a question answered, drafts and sealed proposals; one challenge waits
    for its formal check."""
    if ListSeason.objects.filter(code=codes(now)[table.PRESENT]).exists():
        return
    season, shares = _season(table.PRESENT, now)
    begun = now + (BEGUN[table.PRESENT] + 1) * DAY
    for n, row in enumerate(_rows(table.PRESENT)):
        at = now - 2 * DAY if row.fate == "checked" else begun + n * DAY
        made = steps.submit(steps.draft(row, season, at), row, at + steps.HOUR)
        if row.fate == "open":
            made = steps.publish(made, row, at + 3 * DAY)
            steps.begin(made, row, at + 5 * DAY)
            steps.propose(made, row, at + 6 * DAY)
            _question(made, row, at + 8 * DAY)
    _keep(season, shares)


def _question(made: Challenge, row: table.Row, at: datetime) -> None:
    with clock.at(at):
        asked = rooms.ask(challenge=made, text="验收样品由哪一方提供？", actor=people.owner("yunpu"))
    with clock.at(at + DAY):
        rooms.answer(question=asked, text="由发榜方提供，样品清单见附件。", actor=people.owner(row.owner))


def _keep(season: ListSeason, shares: dict[str, str]) -> None:
    """The shares of a list that is still to be opened, beside the demo's files, so that a visitor can play it."""
    path = Path(settings.MEDIA_ROOT).parent / SHARES
    lines = [
        f"# {season.code}: passphrase {people.PASSPHRASE}",
        *(f"{part}\n{share}" for part, share in shares.items()),
    ]
    with path.open("a") as file:
        file.write("\n".join(lines) + "\n")
