"""Publication numbers (ZC 0007): `CN113123456B`. They have no check digit, only a kind code. Pure."""

import re
from dataclasses import dataclass

from patents.numbers import LONGEST_NOTATION, clean

SHAPE = re.compile(r"CN[ \t]?(?P<serial>[123][0-9]{6,8})[ \t]?(?P<code>[ABCUYSDM][0-9]?)")

# kind code: (first digit of the number, what was published)
CODES = {
    "A": ("1", "application"),
    "B": ("1", "grant"),
    "C": ("1", "grant"),
    "U": ("2", "grant"),
    "Y": ("2", "grant"),
    "S": ("3", "grant"),
    "D": ("3", "grant"),
    "M": ("3", "grant"),
}


@dataclass(frozen=True)
class PublicationNumber:
    """A publication: the nine digits of the file and the code of what was published."""

    serial: str
    code: str

    @property
    def normalized(self) -> str:
        """CN113123456B"""
        return f"CN{self.serial}{self.code}"

    @property
    def is_grant(self) -> bool:
        """Whether a granted right was announced (and not an application)."""
        return CODES[self.code[0]][1] == "grant"


def parse(text: str) -> PublicationNumber | None:
    """The publication number in the text, or None. The first digit must fit the kind code."""
    if len(text) > LONGEST_NOTATION:
        return None
    shape = SHAPE.fullmatch(clean(text))
    if shape is None:
        return None
    first, code = shape["serial"][0], shape["code"]
    if CODES[code[0]][0] != first:
        return None
    return PublicationNumber(shape["serial"], code)
