"""The reference a payer writes on a bank transfer: short, without look-alikes, with a check character (pure).

``VR`` and eight characters, the last being the check character of ISO 7064 mod 37,36: one wrong character or two
swapped neighbors never give another valid reference.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

PREFIX = "VR"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I
BODY = 7
LENGTH = len(PREFIX) + BODY + 1
ANY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAMED = re.compile(rf"(?={PREFIX}([{ALPHABET}]{{{BODY + 1}}}))")
NUMBER = re.compile(r"(?=([A-Z]{2,4}OB20\d{2}\d{6}[0-9A-Z]))")
NEAR_LENGTHS = (LENGTH - 1, LENGTH, LENGTH + 1)


def new_code() -> str:
    """A fresh reference, unguessable; the caller's unique constraint decides."""
    while True:
        body = PREFIX + "".join(secrets.choice(ALPHABET) for _place in range(BODY))
        check = mod_37_36.calc_check_digit(body)
        if check in ALPHABET:
            return body + check


def is_code(text: str) -> bool:
    """Whether a text is a reference with the right check character."""
    return len(text) == LENGTH and text.startswith(PREFIX) and _checks(text)


def _checks(text: str) -> bool:
    try:
        mod_37_36.validate(text)
    except ValidationError:
        return False
    return True


def pressed(text: str) -> str:
    """Letters and digits only, in capitals and half width: people put spaces, hyphens and Chinese words between."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if char in ANY)


def words(text: str) -> list[str]:
    """Runs of letters and digits as they stand in the text; hyphens and dots inside a run do not divide it."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return [pressed(run) for run in re.findall(r"[0-9A-Z](?:[-._·]?[0-9A-Z])*", plain)]


def codes_in(text: str) -> list[str]:
    """The references that stand in a text with their right check character, each once, in order."""
    found = (PREFIX + match.group(1) for match in NAMED.finditer(pressed(text)))
    return list(dict.fromkeys(code for code in found if _checks(code)))


def numbers_in(text: str) -> list[str]:
    """Obligation numbers (JSOB-2026-000123-X) in a text with their right check character, without hyphens."""
    found = (match.group(1) for match in NUMBER.finditer(pressed(text)))
    return list(dict.fromkeys(number for number in found if _checks(number)))


def near_codes(text: str) -> set[str]:
    """References one slip away from something in the text: a wrong, missing or additional character, or two swapped.

    Looked for where a run of characters has about the length of a reference; with a right reference in it there is
    nothing to look for.
    """
    runs = {run for run in _runs(text) if len(run) in NEAR_LENGTHS}
    found: set[str] = set()
    for run in runs:
        found |= {one for one in _one_slip(run) if is_code(one)}
    return found


def _runs(text: str) -> Iterator[str]:
    """Words, and the windows that start where a reference seems to start in the text pressed together."""
    yield from words(text)
    whole = pressed(text)
    for place, char in enumerate(whole):
        if char in PREFIX:
            for length in NEAR_LENGTHS:
                if place + length <= len(whole):
                    yield whole[place : place + length]


def _one_slip(run: str) -> Iterator[str]:
    for place in range(len(run)):
        before, after = run[:place], run[place + 1 :]
        if len(run) == LENGTH:
            yield from (before + char + after for char in ALPHABET)
            if after:
                yield before + after[0] + run[place] + after[1:]
        elif len(run) == LENGTH + 1:
            yield before + after
    if len(run) == LENGTH - 1:
        for place in range(LENGTH):
            yield from (run[:place] + char + run[place:] for char in (*ALPHABET, "V", "R"))
