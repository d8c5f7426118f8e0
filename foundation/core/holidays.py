"""Days that differ from their week: the State Council's notices for 2024 to 2026, the law's fixed days for 2027.

Written as MMDD. REST are days off on any day of the week, WORK are weekend days on which people work.
"""

from datetime import date

REST = {
    2024: "0101 0210 0211 0212 0213 0214 0215 0216 0217 0404 0405 0406 0501 0502 0503 0504 0505 0610 0915 0916 0917 "
    "1001 1002 1003 1004 1005 1006 1007",
    2025: "0101 0128 0129 0130 0131 0201 0202 0203 0204 0404 0405 0406 0501 0502 0503 0504 0505 0531 0601 0602 "
    "1001 1002 1003 1004 1005 1006 1007 1008",
    2026: "0101 0102 0103 0215 0216 0217 0218 0219 0220 0221 0222 0223 0404 0405 0406 0501 0502 0503 0504 0505 "
    "0619 0620 0621 0925 0926 0927 1001 1002 1003 1004 1005 1006 1007",
    2027: "0101 0205 0206 0207 0208 0405 0501 0502 0609 0915 1001 1002 1003",
}
WORK = {
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}
FROM_THE_LAW_ALONE = frozenset({2027})  # no notice yet: the thirteen days of the holiday regulation, no make-up days


def rows() -> list[tuple[date, str, bool]]:
    """(day, "rest" or "work", announced) for every day of the tables."""
    return [
        (date(year, int(day[:2]), int(day[2:])), kind, year not in FROM_THE_LAW_ALONE)
        for kind, table in (("rest", REST), ("work", WORK))
        for year, days in table.items()
        for day in days.split()
    ]
