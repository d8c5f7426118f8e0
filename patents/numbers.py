"""Chinese application and patent numbers (ZC 0006-2003): read in any notation, checked, written in one.

Pure: imports nothing of Django. New form `202110123456.7` (year, kind, seven-digit serial, check character), old form
`01112787.2` (two-digit year; filed before 2003-10-01). After grant the same number carries the prefix ZL.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from foundation.core.marks import _

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)
FIRST_YEAR = 1985  # the Patent Law came into force on 1985-04-01
OLD_FORM_LAST_YEAR = 2003  # the old form ended on 2003-10-01
LONGEST_NOTATION = 64  # characters; more is no patent number and is not looked at
SHANGHAI_OFFSET = timedelta(hours=8)

SHAPE = re.compile(
    r"(?:ZL|CN)?[ \t]*"
    r"(?:(?P<year>[0-9]{4})[ \t]*(?P<kind>[0-9])[ \t]*(?P<serial>[0-9]{7})"
    r"|(?P<old_year>[0-9]{2})[ \t]*(?P<old_kind>[0-9])[ \t]*(?P<old_serial>[0-9]{5}))"
    r"[ \t]*\.?[ \t]*(?P<check>[0-9X])"
)


class Kind(StrEnum):
    """What the kind digit of a number says."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PCT_INVENTION = "pct_invention"
    PCT_UTILITY_MODEL = "pct_utility_model"


KINDS = {
    "1": Kind.INVENTION,
    "2": Kind.UTILITY_MODEL,
    "3": Kind.DESIGN,
    "8": Kind.PCT_INVENTION,
    "9": Kind.PCT_UTILITY_MODEL,
}

LABELS = {
    Kind.INVENTION: _("Invention"),
    Kind.UTILITY_MODEL: _("Utility model"),
    Kind.DESIGN: _("Design"),
    Kind.PCT_INVENTION: _("Invention (PCT national phase)"),
    Kind.PCT_UTILITY_MODEL: _("Utility model (PCT national phase)"),
}

REASONS = {
    "malformed": _("This is not written like a Chinese patent number. Example: ZL 2021 1 0123456.7"),
    "bad_kind": _("The kind digit after the year must be 1, 2, 3, 8 or 9."),
    "bad_year": _("The year in the number is not possible: Chinese patents are numbered from 1985 to this year."),
    "check_digit": _(
        "The last character does not agree with the rest: a digit is mistyped, or the number is invented."
    ),
}


class NumberInvalid(ValueError):
    """The text is no possible patent number; `reason` is a key of REASONS."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class PatentNumber:
    """A number whose check character is right."""

    normalized: str
    kind: Kind
    year: int

    @property
    def display(self) -> str:
        """As printed on certificates: ZL 2021 1 0123456.7, old form ZL 01 1 12787.2."""
        body, check = self.normalized.split(".")
        cut = 4 if len(body) == 12 else 2  # noqa: PLR2004
        return f"ZL {body[:cut]} {body[cut]} {body[cut + 1 :]}.{check}"

    def __str__(self) -> str:
        return self.normalized


def check_character(body: str) -> str:
    """The check character of 12 digits (8 in the old form): weighted sum mod 11, ten is X."""
    rest = sum(int(digit) * WEIGHTS[place % 8] for place, digit in enumerate(body)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004


def clean(text: str) -> str:
    """Full-width forms to plain ones, upper case, no invisible characters, Chinese full stops to dots."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("。", ".")
    return "".join(mark for mark in plain if unicodedata.category(mark) != "Cf").strip()


def _full_year(shape: re.Match, this_year: int) -> int:
    if shape["year"]:
        year = int(shape["year"])
        if FIRST_YEAR <= year <= this_year:
            return year
        raise NumberInvalid("bad_year")
    short = int(shape["old_year"])
    year = 1900 + short if short >= FIRST_YEAR % 100 else 2000 + short
    if year > OLD_FORM_LAST_YEAR:
        raise NumberInvalid("bad_year")
    return year


def parse(text: str, *, this_year: int | None = None) -> PatentNumber:
    """Read a number in any notation. `this_year` (in Shanghai) bounds the year; default the machine's clock.

    Raises NumberInvalid with reason malformed, bad_kind, bad_year or check_digit, in this order.
    """
    if not isinstance(text, str) or len(text) > LONGEST_NOTATION:
        raise NumberInvalid("malformed")
    shape = SHAPE.fullmatch(clean(text))
    if shape is None:
        raise NumberInvalid("malformed")
    digit = shape["kind"] or shape["old_kind"]
    if digit not in KINDS:
        raise NumberInvalid("bad_kind")
    year = _full_year(shape, this_year or (datetime.now(UTC) + SHANGHAI_OFFSET).year)
    body = (shape["year"] or shape["old_year"]) + digit + (shape["serial"] or shape["old_serial"])
    if check_character(body) != shape["check"]:
        raise NumberInvalid("check_digit")
    return PatentNumber(f"{body}.{shape['check']}", KINDS[digit], year)


def verdict(text: str, *, this_year: int | None = None) -> dict:
    """The answer of a number check: input, valid, normalized, kind, reason."""
    try:
        number = parse(text, this_year=this_year)
    except NumberInvalid as refusal:
        return {"input": text, "valid": False, "normalized": None, "kind": None, "reason": refusal.reason}
    return {"input": text, "valid": True, "normalized": number.normalized, "kind": str(number.kind), "reason": None}
