"""Sentences about events, made when they are read, in the reader's language, from the facts."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext, override

from foundation.audit.models import Event
from foundation.core.display import last_moment
from foundation.core.errors import Shown
from foundation.core.handlers import HandlerTaken
from foundation.core.marks import Counted
from foundation.core.money import Money

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")  # as facts keep it

_phrases: dict[str, str] = {}


def register(name: str, template: str) -> None:
    """Say how an event reads: ``register("licenses.declaration.publish", _("{number} was published"))``.

    ``{number}`` is the subject's number, ``{reason}`` the reason, the rest comes from the facts. The template is
    marked, not translated, by the owner (with `marks.ngettext` where it counts something). Raises HandlerTaken for a
    second template.
    """
    template = template if isinstance(template, Counted) else str(template)
    if _phrases.setdefault(name, template) != template:
        raise HandlerTaken(name)


def knows(name: str) -> bool:
    """Whether an event has words of its own."""
    return name in _phrases


def describe(event: Event, language: str | None = None) -> str:
    """The sentence of an event in a language (default: that of the page); its name where no phrase is registered."""
    template = _phrases.get(event.name)
    if template is None:
        return event.name
    if language is None:
        return fill(template, event)
    with override(language):
        return fill(template, event)


def fill(template: str, event: Event) -> str:
    """A marked text in the language of now, with the event's number, reason and facts as people read them."""
    values = {"number": event.subject_number, "reason": event.reason, **facts_of(event)}
    return _in_words(template, values).format_map(Shown(values))


def _in_words(template: str, values: dict[str, Any]) -> str:
    """The template in the language of now, in the form that fits its number."""
    if not isinstance(template, Counted):
        return gettext(template)
    number = values.get(template.by)
    return ngettext(template.one, str(template), number if isinstance(number, int) else 2)


def facts_of(event: Event) -> dict[str, Any]:
    """The facts as people read them: amounts written out, labels in the language of now, nothing for what is not."""
    return {key: _shown(value) for key, value in event.facts.items()}


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, dict) and value.keys() == {"fen", "currency"}:
        return str(Money(value["fen"], value["currency"]))
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return last_moment(datetime.fromisoformat(value))
    if isinstance(value, str) and value:
        return gettext(value)  # labels are stored as they are marked; names have no translation and stay
    return value


def registered() -> dict[str, str]:
    """All templates by event name, for the docs and the check of translations."""
    return dict(sorted(_phrases.items()))
