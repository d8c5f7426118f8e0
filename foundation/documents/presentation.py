"""What a certificate page shows: the owner of the subject answers, the page only prints.

The owner registers `certificate.view:<subject kind>` with a function of one `certificate`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Row:
    """One fact: a label, its value and a small note below."""

    label: str
    value: str
    note: str = ""
    narrow: bool = False


@dataclass(frozen=True)
class CertificateView:
    """The present state of what is certified, in the reader's language.

    `state` is one of valid, pending, expired, terminated.
    """

    state: str
    headline: str
    summary: str
    rows: list[Row]
    history: list[tuple[date | datetime, str]] = field(default_factory=list)
    reason: str = ""
