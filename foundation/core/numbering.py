"""Business numbers: a scheme, a year, a running number without gaps and a check character (ISO 7064 mod 37,36)."""

from django.conf import settings
from django.db import connections
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

# {P}: the prefix of the province from settings
SCHEMES = {
    "declaration": "{P}OL-{year}-{n:06d}",
    "license": "{P}LIC-{year}-{n:06d}",
    "obligation": "{P}OB-{year}-{n:06d}",
    "sale": "{P}PS-{year}-{n:06d}",
    "hold": "{P}HO-{year}-{n:06d}",  # follows its obligation's; those with HD are older and had a counter
    "payout_run": "{P}PR-{year}-{n:06d}",
    "refund_request": "{P}RR-{year}-{n:06d}",
    "dispute": "{P}DP-{year}-{n:06d}",
    "own_entry": "{P}OE-{year}-{n:06d}",
    "rule": "{P}RU-{year}-{n:06d}",
    "review": "{P}RV-{year}-{n:06d}",
    "royalty": "{P}RY-{year}-{n:06d}",
    "inspection": "{P}RI-{year}-{n:06d}",
    "proposal": "{P}JF-{year}-{n:06d}",
    "award": "{P}JA-{year}-{n:06d}",
    "distribution": "{P}DT-{year}-{n:06d}",
    "invoice": "{P}IV-{year}-{n:06d}",
    "certificate": "JZ-{year}-{n:06d}",
}
NEXT = """
INSERT INTO core_numbersequence (scheme, year, last) VALUES (%s, %s, 1)
ON CONFLICT (scheme, year) DO UPDATE SET last = core_numbersequence.last + 1 RETURNING last
"""


def allocate(scheme: str, year: int) -> str:
    """The next number, "JSOL-2026-000123-X". Rolled back with the caller's transaction, so there are no gaps.

    Call it as the last step: the row of (scheme, year) stays locked until the transaction ends.
    """
    template = SCHEMES[scheme]
    with connections["default"].cursor() as cursor:
        cursor.execute(NEXT, [scheme, year])
        n = cursor.fetchone()[0]
    return _number(template, year, n)


def following(scheme: str, number: str) -> str:
    """The number of what there is once for another thing: its year and running number under its own scheme.

    Takes no row of the counters, so it holds nobody up: for what is made in hot transactions.
    """
    _scheme, year, n, _check = number.split("-")
    return _number(SCHEMES[scheme], int(year), int(n))


def _number(template: str, year: int, n: int) -> str:
    return with_check(template.format(P=settings.KAIXU_PROVINCE_PREFIX, year=year, n=n))


def with_check(body: str) -> str:
    """The body with its check character: "JSPA-2026S1-0031" becomes "JSPA-2026S1-0031-4"."""
    return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def is_valid(number: str) -> bool:
    """Whether the check character is right; hyphens do not count."""
    try:
        mod_37_36.validate(number.replace("-", "").upper())
    except ValidationError:
        return False
    return True
