"""Sentences about events, made when they are read, in the reader's language, from the facts."""

from typing import Any

from django.utils.translation import gettext, override

from foundation.audit.models import Event
from foundation.core.errors import Shown
from foundation.core.handlers import HandlerTaken
from foundation.core.money import Money

_phrases: dict[str, str] = {}


def register(name: str, template: str) -> None:
    """Say how an event reads: ``register("licenses.declaration.publish", _("{number} was published"))``.

    ``{number}`` is the subject's number, ``{reason}`` the reason, the rest comes from the facts. The template is
    marked, not translated, by the owner. Raises HandlerTaken for a second template.
    """
    template = str(template)
    if _phrases.setdefault(name, template) != template:
        raise HandlerTaken(name)


def describe(event: Event, language: str | None = None) -> str:
    """The sentence of an event in a language (default: that of the page); its name where no phrase is registered."""
    template = _phrases.get(event.name)
    if template is None:
        return event.name
    if language is None:
        return _said(event, template)
    with override(language):
        return _said(event, template)


def _said(event: Event, template: str) -> str:
    facts = {key: _shown(value) for key, value in event.facts.items()}
    return gettext(template).format_map(Shown({"number": event.subject_number, "reason": event.reason, **facts}))


def _shown(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"fen", "currency"}:
        return str(Money(value["fen"], value["currency"]))
    if isinstance(value, str) and value:
        return gettext(value)  # labels are stored as they are marked; names have no translation and stay
    return value


def registered() -> dict[str, str]:
    """All templates by event name, for the docs and the check of translations."""
    return dict(sorted(_phrases.items()))
