"""The table of notices: which event is told to whom, under which topic, with which words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from foundation.core.handlers import HandlerTaken
from foundation.core.marks import _

# Switches of the preferences page, by the app an event belongs to.
TOPICS = {
    "accounts": _("Organization and members"),
    "patents": _("Patents"),
    "jobs": _("Imports and background jobs"),
    "approvals": _("Reviews"),
    "licenses": _("Declarations and licenses"),
    "auctions": _("Auctions"),
    "challenges": _("Challenges"),
    "settlement": _("Payments"),
    "documents": _("Certificates"),
    "searches": _("Saved searches"),
}


@dataclass(frozen=True)
class Spec:
    """One row. ``recipients(event)`` gives (user id, why); ``subject`` and ``why`` are marked texts.

    ``url(event)`` is where it leads everybody, ``url_for(event, user)`` where that depends on the reader.
    """

    event_name: str
    recipients: Callable[[Any], Iterable[tuple[int, str]]]
    subject: str
    template: str = ""
    url: Callable[[Any], str] | None = None
    url_for: Callable[[Any, Any], str] | None = None

    @property
    def topic(self) -> str:
        """The switch that turns it off: the app of the event."""
        return self.event_name.split(".", 1)[0]

    def address(self, event, user) -> str:
        """Where the notice leads its reader; empty where it leads nowhere."""
        if self.url_for:
            return self.url_for(event, user)
        return self.url(event) if self.url else ""


_specs: dict[str, Spec] = {}


def add(spec: Spec) -> None:
    """Add a row. Raises HandlerTaken for a second row of the same event."""
    if spec.event_name in _specs:
        raise HandlerTaken(spec.event_name)
    _specs[spec.event_name] = spec


def find(event_name: str) -> Spec | None:
    """The row of an event, or None."""
    return _specs.get(event_name)


def everything() -> list[Spec]:
    """All rows by event name."""
    return [_specs[name] for name in sorted(_specs)]


def topics() -> dict[str, str]:
    """The topics that have rows, and the saved searches."""
    used = {spec.topic for spec in _specs.values()} | {"searches"}
    return {key: label for key, label in TOPICS.items() if key in used}
