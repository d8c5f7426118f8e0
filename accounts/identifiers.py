"""Identifiers of organizations and persons: normal form, checks, and what is wrong with them.

Sources: GB 32100-2015 (unified social credit code), GB 11714 (organization code inside it),
GB 11643 (resident identity number). Pure but for the translated sentences.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from foundation.core.errors import DomainError

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_LENGTH, SHOWN_LENGTH = 18, 7
CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
IGNORED = re.compile(r"[\s\-\u00ad\u2010-\u2015\u200b-\u200f\u2060\ufeff]+")


class UsccInvalid(DomainError):
    """The unified social credit code cannot be right."""

    code = "uscc_invalid"
    status = 400
    field = "uscc"
    message = _("This is not a unified social credit code.")


class UsccLength(UsccInvalid):
    message = _("A unified social credit code has 18 characters; this one has {length}.")


class UsccLetter(UsccInvalid):
    message = _(
        "A unified social credit code never contains “{letter}”. "
        "The letters I, O, S, V and Z are not used: look for 1, 0, 5, U or 2."
    )


class UsccCheck(UsccInvalid):
    message = _("The last character of the code does not fit the others. Please compare it with the license.")


class UsccOrganizationCode(UsccInvalid):
    message = _(
        "The organization code inside (characters 9 to 17) does not fit: its check character "
        "would be “{expected}”. Please compare the code with the license."
    )


class ResidentIdInvalid(DomainError):
    """The resident identity number cannot be right."""

    code = "resident_id_invalid"
    status = 400
    field = "document_number"
    message = _(
        "This is not a valid resident identity number. It has 18 characters: 17 digits and a "
        "check character. Please compare it with the card."
    )


class PassportInvalid(DomainError):
    """The passport number cannot be right."""

    code = "passport_invalid"
    status = 400
    field = "document_number"
    message = _("A passport number has 6 to 12 letters and digits.")


def normalize(text):
    """Full width to half width, upper case, without blanks, hyphens and invisible characters."""
    return IGNORED.sub("", unicodedata.normalize("NFKC", text or "")).upper()


def organization_check(body):
    """Check character over the 8 characters of an organization code (GB 11714)."""
    total = sum(CODE_ALPHABET.index(character) * weight for character, weight in zip(body, CODE_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def parse_uscc(text):
    """The normal form of a unified social credit code. Raises a UsccInvalid that says why not."""
    code = normalize(text)
    for letter in code:
        if letter not in USCC_ALPHABET:
            raise UsccLetter(letter=letter)
    if len(code) != USCC_LENGTH:
        raise UsccLength(length=len(code))
    try:
        uscc.validate(code)
    except InvalidChecksum as error:
        raise UsccCheck() from error
    except ValidationError as error:
        raise UsccInvalid() from error
    expected = organization_check(code[8:16])
    if code[16] != expected:
        raise UsccOrganizationCode(expected=expected)
    return code


def parse_resident_id(text):
    """The normal form of a resident identity number. Raises ResidentIdInvalid."""
    number = normalize(text)
    try:
        if not number.isascii():
            raise ResidentIdInvalid()
        return ric.validate(number)
    except ValidationError as error:
        raise ResidentIdInvalid() from error


def parse_passport(text):
    """The normal form of a passport number. Raises PassportInvalid."""
    number = normalize(text)
    if not re.fullmatch(r"[A-Z0-9]{6,12}", number):
        raise PassportInvalid()
    return number


def mask(number):
    """First three and last four characters; the rest as stars."""
    if len(number) <= SHOWN_LENGTH:
        return number[:1] + "*" * (len(number) - 3) + number[-2:]
    return number[:3] + "*" * (len(number) - 7) + number[-4:]
