"""The demo's seasons in order. Each piece is told in one transaction, and told once: what a killed job left is resumed.

A session that is over is one piece with everything its sales came to, so that no clock finds it half told.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from auctions.lifecycle import SeasonState
from auctions.models import Season, Session
from auctions.services import seasons, sessions
from foundation.core import clock
from foundation.core.clock import local_date
from local.demo.season import calendar, earlier, past, people, proposing, running, table
from local.demo.season.calendar import DAY, HOUR, day
from local.demo.season.leading import lead

NAMES = {
    table.EARLIER: ("专利竞价季（第一期）", "Patent auction season, first run"),
    table.PRESENT: ("专利竞价季（周周拍）", "Patent auction season, weekly sessions"),
    table.NEXT: ("专利竞价季（征集中）", "Patent auction season, collecting lots"),
}
ABOUT = {
    table.EARLIER: ("面向全省高校院所和企业的首期专利网络竞价活动。", "The first online season of the province."),
    table.PRESENT: (
        "每周一场，上午十时开始，次日上午十时结束；未成交标的可协商、降价再次竞价或转为开放许可。",
        "A session every week from ten to ten; what is not sold is talked about, listed again or openly licensed.",
    ),
    table.NEXT: ("正在征集标的，欢迎高校、科研院所和企业申报。", "Lots are being collected: propose yours."),
}
PROPOSED, SELECTED = -70, -46  # days
Beat = Callable[[int], None]


def tell(now: datetime, beat: Beat) -> None:
    """Everything about auctions; the holders' patents are imported and every firm is registered."""
    today = _day_that_counts(now)
    over = _season(table.EARLIER, today, -330)
    _collect(over, today, -320, beat)
    earlier.tell(over, today)
    beat(0)
    present = _season(table.PRESENT, today, -75)
    _collect(present, today, PROPOSED, beat)
    _plan(present, today)
    for key in past.TOLD:
        past.tell(key, present, today)
        beat(0)
    running.tell(present, today, now)
    beat(0)
    _desk(_season(table.NEXT, today, -12), now)
    beat(0)


def _day_that_counts(now: datetime) -> date:
    """Today, or the day of the first loading where its weekly sessions are planned already."""
    code = calendar.codes(local_date(now))[table.PRESENT]
    first = Session.objects.filter(season__code=code).order_by("position").first()
    return local_date(first.starts_at) - calendar.FIRST * DAY if first else local_date(now)


@transaction.atomic
def _season(key: str, today: date, days: int) -> Season:
    """The season, announced on a day and collecting lots since the day after."""
    code = calendar.codes(today)[key]
    season = Season.objects.filter(code=code).first()
    if season is not None:
        return season
    (title_zh, title_en), (about_zh, about_en) = NAMES[key], ABOUT[key]
    with clock.at(day(today, days - 5)):
        season = seasons.create_season(
            actor=people.officer(), code=code, title_zh_hans=f"{code[:4]}年{title_zh}",
            title_en=f"{title_en}, {code[:4]}", about_zh_hans=about_zh, about_en=about_en,
        )  # fmt: skip
    lead(season, "announce", day(today, days))
    return lead(season, "collect", day(today, days + 1))


def _collect(season: Season, today: date, days: int, beat: Beat) -> None:
    """The lots of a season, proposed and selected one after the other."""
    key = table.EARLIER if days < PROPOSED else table.PRESENT
    for n, row in enumerate(row for row in table.ROWS if row.season == key):
        if proposing.lot_of(row, season) is None:
            proposing.select(row, season, day(today, days + n // 2, 9 + n % 2 * 4, 7 * n % 60))
            beat(0)


@transaction.atomic
def _plan(season: Season, today: date) -> None:
    """Selection and preview; a session for every week."""
    lead(season, "select", day(today, SELECTED + 1))
    lead(season, "promote", day(today, SELECTED + 2))
    if not season.sessions.exists():
        with clock.at(day(today, SELECTED + 3)):
            first = calendar.weekly_day(today, calendar.WEEKLY[0])
            sessions.plan_weeks(season=season, first_day=first, weeks=len(calendar.WEEKLY), actor=people.officer())


def _desk(season: Season, now: datetime) -> None:
    """What the next season collected so far."""
    tellers = {
        "draft": lambda row: proposing.draft(row, season, now - 5 * HOUR),
        "submitted": lambda row: proposing.submit(row, season, now - 26 * HOUR),
        "claimed": lambda row: _claimed(row, season, now),
        "returned": lambda row: _decided(row, season, now, "return", reasons=["R45"], correction_days=10),
        "refused": lambda row: _decided(row, season, now, "reject", reasons=["R46"]),
    }
    if season.state != SeasonState.COLLECTING:
        return
    for row in (row for row in table.ROWS if row.season == table.NEXT):
        if proposing.lot_of(row, season) is None:
            with transaction.atomic():
                tellers[row.session](row)


def _claimed(row: table.Row, season: Season, now: datetime) -> None:
    proposing.claim(proposing.submit(row, season, now - 50 * HOUR), now - 20 * HOUR)


def _decided(row: table.Row, season: Season, now: datetime, outcome: str, **said) -> None:
    text = "技术交底与权利要求不一致，请补充说明保护范围后再提交。"
    proposing.decide(proposing.submit(row, season, now - 8 * DAY), outcome, now - 6 * DAY, text=text, **said)
