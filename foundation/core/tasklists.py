"""A task list as its component shows it: groups of numbered tasks, each with a state and a hint."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from foundation.core.display import enumerated

States = Mapping[str, tuple[str, str]]  # name of a task: (state, hint)


def last_check(order: Sequence[str], open_names: Sequence[str], *, waits: bool) -> tuple[str, str]:
    """State and hint of the check at the end, which waits for the tasks that are open."""
    if not waits:
        return "not_started", gettext("Everything is there")
    numbers = enumerated(str(order.index(name) + 1) for name in open_names)
    return "cannot_start", gettext("Complete %(numbers)s first") % {"numbers": numbers}


def groups(
    of: Iterable[tuple[Any, Iterable[str]]],
    *,
    order: Sequence[str],
    titles: Mapping[str, Any],
    states: States,
    url: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The groups (title, names of tasks) with their tasks, numbered as they stand in ``order``."""
    return [
        {
            "title": str(title),
            "tasks": [
                {
                    "number": order.index(name) + 1,
                    "title": str(titles[name]),
                    "hint": states[name][1],
                    "state": states[name][0],
                    "url": url(name),
                }
                for name in names
            ],
        }
        for title, names in of
    ]
