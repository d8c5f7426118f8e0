"""The answers, and how those of several sources become one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.core.clock import database_now
from patents.models import Patent
from patents.register_facts import CONSENTED, NAMES, label_of, source_label, value_label

CLEAN = {
    "status": "granted",
    "annual_fee": "paid",
    "pledge": "none",
    "exclusive_license": "none",
    "suspension": "none",
    "invalidation": "none",
    "evaluation_report": "positive",
    "secrecy": "none",
}
SOURCES = {
    "imported": "patents.registers.sources.Imported",
    "extract": "patents.registers.sources.Extracts",
    "platform": "patents.registers.sources.Platform",
}
ALWAYS = ("extract", "platform")


@dataclass(frozen=True)
class Fact:
    """One answer. `known` is False where no source said anything: then `value` is None.

    `detail` carries what belongs to it (consent of the pledgee, number of an extract).
    """

    name: str
    value: Any
    source: str
    as_of: datetime | None
    known: bool
    detail: Mapping[str, Any] | None = None

    @property
    def label(self) -> str:
        """What was asked, for people."""
        return str(label_of(self.name))

    @property
    def value_label(self) -> str:
        """The answer, for people."""
        if not self.known:
            return ""
        consented = self.name == "pledge" and (self.detail or {}).get("consent")
        return str(value_label(self.name, CONSENTED if consented else self.value))

    @property
    def source_label(self) -> str:
        """Where the answer came from, for people."""
        return source_label(self.source)

    @property
    def is_clean(self) -> bool:
        """Known, and the answer an open license needs."""
        return self.known and self.value == CLEAN.get(self.name, self.value)


class RegisterSource(Protocol):
    """Something that knows facts on patents: the imported register now, a feed of the authority later."""

    name: str

    def facts(self, patent: Patent, now: datetime) -> dict[str, Fact]:
        """The facts this source knows; what it does not know is left out."""


_overrides: list[dict[str, Any]] = []


@contextmanager
def override(answers: Mapping[str, Any]) -> Iterator[None]:
    """For tests: these answers win over every source in this process. None makes a fact unknown."""
    _overrides.append(dict(answers))
    try:
        yield
    finally:
        _overrides.pop()


def sources() -> list[RegisterSource]:
    """The sources in force, those of the settings first. A name, or the dotted path of a class."""
    names = [
        *settings.KAIXU_REGISTER_SOURCES,
        *(name for name in ALWAYS if name not in settings.KAIXU_REGISTER_SOURCES),
    ]
    return [import_string(SOURCES.get(name, name))() for name in names]


def facts_for(patent: Patent, now: datetime | None = None) -> dict[str, Fact]:
    """Every fact in `register_facts.NAMES`, known or not, with its source and the moment it held (UTC)."""
    now = now or database_now()
    answers = {name: Fact(name, None, "", None, known=False) for name in NAMES}
    for source in sources():
        for name, fact in source.facts(patent, now).items():
            answers[name] = _stronger(answers[name], fact)
    for overrides in _overrides:
        for name, value in overrides.items():
            answers[name] = Fact(name, value, "test", now, known=value is not None)
    return answers


def _stronger(standing: Fact, heard: Fact) -> Fact:
    """What holds when two sources speak: a known fact over an unknown one, bad news over good, else the newer."""
    if not standing.known or not heard.known:
        return heard if heard.known else standing
    if standing.is_clean != heard.is_clean:
        worse, other = (heard, standing) if standing.is_clean else (standing, heard)
        corrected = other.source == "extract" and (other.as_of or 0) > (worse.as_of or 0) and worse.source != "platform"
        return other if corrected else worse
    newer = heard if heard.as_of and (standing.as_of is None or heard.as_of >= standing.as_of) else standing
    return replace(newer, detail=newer.detail or standing.detail or heard.detail)
