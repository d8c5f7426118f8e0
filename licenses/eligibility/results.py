"""The answer of one check."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.errors import Shown
from licenses.eligibility.table import TABLE
from patents.register_facts import SOURCES as REGISTERS


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105, the outcome of a check
    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unknown"


SOURCES = {
    **REGISTERS,
    "platform": _("Records of this platform"),
    "term": _("Computed from the filing date"),
    "declaration": _("This declaration"),
    "policy": _("Fee ceilings of the province"),
    "text": _("Check of the wording"),
    "": _("No source"),
}


@dataclass(frozen=True)
class CheckResult:
    """One row: what was asked, the answer, why, by which rule, from where, as of when, what to do.

    Texts are kept as English templates with their values, so that a stored result reads in any language.
    """

    code: str
    outcome: str
    reason_text: str = ""
    values: dict = field(default_factory=dict)
    source_name: str = "platform"
    as_of: datetime | None = None
    fact: str = ""

    @property
    def row(self):
        return TABLE[self.code]

    @property
    def title(self) -> str:
        return gettext(self.row.title)

    @property
    def rule(self) -> str:
        return gettext(self.row.rule)

    @property
    def remedy(self) -> str:
        """What to do, empty where nothing has to be done."""
        return "" if self.outcome == Outcome.PASS else gettext(self.row.remedy)

    @property
    def section(self) -> str:
        """The section of the declaration where it is put right."""
        return self.row.section

    @property
    def reason(self) -> str:
        """Why, in the language of now."""
        shown = {k: gettext(v) if isinstance(v, str) and v else v for k, v in self.values.items()}
        return gettext(self.reason_text).format_map(Shown(shown)) if self.reason_text else ""

    @property
    def source(self) -> str:
        return str(SOURCES.get(self.source_name, self.source_name))

    @property
    def blocks(self) -> bool:
        """Whether nothing may go on: a failure, or an answer that nobody knows, of a blocking check."""
        return self.row.blocks and self.outcome in (Outcome.FAIL, Outcome.UNKNOWN)

    def as_json(self) -> dict:
        """For storage; `from_json` reads it back."""
        kept = asdict(self)
        return {**kept, "outcome": str(self.outcome), "as_of": self.as_of.isoformat() if self.as_of else None}

    @classmethod
    def from_json(cls, kept: dict) -> "CheckResult":
        as_of = datetime.fromisoformat(kept["as_of"]) if kept.get("as_of") else None
        return cls(**{**kept, "as_of": as_of})
