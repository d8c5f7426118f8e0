"""My work: one queue from all apps, by deadline."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.core import handlers
from foundation.core.display import LOCAL
from foundation.core.work import WorkItem

TODAY, WEEK, LATER = "today", "week", "later"
TITLES = {TODAY: _("Due today"), WEEK: _("Due this week"), LATER: _("Later")}
TONES = {TODAY: "danger", WEEK: "warning", LATER: "neutral"}


@dataclass
class Group:
    """The items of one span of time."""

    key: str
    items: list[WorkItem] = field(default_factory=list)

    @property
    def title(self):
        return TITLES[self.key]

    @property
    def tone(self):
        return TONES[self.key]


def items_for(membership, kind: str = "") -> list[WorkItem]:
    """What waits for this member, nearest deadline first, things without a deadline last."""
    if membership is None:
        return []
    found = [item for _key, provider in handlers.collect("my_work:") for item in provider(membership)]
    if kind:
        found = [item for item in found if str(item.kind) == kind]
    return sorted(found, key=lambda item: (item.due_at is None, item.due_at or timezone.now(), str(item.title)))


def kinds_of(items: list[WorkItem]) -> list[tuple[str, int]]:
    """The kinds among the items with their counts, most first."""
    counts: dict[str, int] = {}
    for item in items:
        counts[str(item.kind)] = counts.get(str(item.kind), 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def span_of(due_at: datetime | None, now: datetime) -> str:
    """today (or overdue), week (until Sunday) or later, by the calendar of Shanghai; bounds are half-open."""
    if due_at is None:
        return LATER
    last_day = (due_at - timedelta(microseconds=1)).astimezone(LOCAL).date()
    today = now.astimezone(LOCAL).date()
    if last_day <= today:
        return TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return WEEK if last_day <= sunday else LATER


def grouped(items: list[WorkItem], now: datetime) -> list[Group]:
    """The items in the groups today, this week, later; empty groups are left out."""
    groups = {key: Group(key) for key in TITLES}
    for item in items:
        groups[span_of(item.due_at, now)].items.append(item)
    return [group for group in groups.values() if group.items]


def unread_notices(user) -> int:
    """How many notices the person has not read."""
    return handlers.call("notices.unread", user=user)
