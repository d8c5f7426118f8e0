"""The plan of the demo: which patent is declared when, what becomes of it, and who takes a license.

Pure and reproducible: the same texts give the same province. The first stories make the small demo.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

SEED = 20_261_124
OWN_HOLDER = "jhut"  # the university of the demo logins
SMALL_STORIES, SMALL_LICENSES = 10, (3, 1, 1)
STORIES, LICENSES = 150, 80
# ending: how many of the later stories end so; the rest stays open
ENDINGS = {
    "draft": 10,
    "submitted": 8,
    "under_review": 4,
    "correction": 5,
    "deemed_not_filed": 3,
    "rejected": 5,
    "approved": 3,
    "suspended": 4,
    "withdrawal_review": 3,
    "withdrawn": 5,
    "expired": 5,
    "terminated": 3,
}
NOT_OPENED = {"draft", "submitted", "under_review", "correction", "deemed_not_filed", "rejected", "approved"}
# What becomes of some licenses; the rest is paid and kept. Notices in preparation are on top of LICENSES.
FATES = {"lapsed": 5, "given_back": 4, "awaiting": 4}
NOTICES_IN_PREPARATION = 3
NEED_A_FEE = {"lapsed", "awaiting", "held"}
UNKNOWN_EVERY = 4  # of a holder's patents that no story declares: the register says nothing about pledges


@dataclass(frozen=True)
class Story:
    """One declaration: when it is submitted, how it ends, and what becomes of each license that firms take."""

    patent: str
    holder: str
    ending: str
    submitted_at: datetime
    fates: tuple[str, ...]
    returned: bool
    seed: int
    costs: bool  # a fee falls due with the notice: the first to be looked at, or one left unpaid, or one that waits


def stories(patents: list[dict[str, str]], now: datetime) -> list[Story]:
    """All stories, the small demo's first."""
    random = Random(SEED)
    chosen = pick(patents, random)
    endings = ["open"] * SMALL_STORIES + _shuffled_endings(random)
    fates = _fates(endings, _license_counts(endings, random), random)
    made = []
    for place, row in enumerate(chosen[:STORIES]):
        ending = endings[place]
        made.append(
            Story(
                patent=row["number"],
                holder=row["holder"],
                ending=ending,
                submitted_at=_start(ending, now, random),
                fates=tuple(fates[place]),
                returned=ending == "open" and random.random() < 0.2,
                seed=random.randrange(10**9),
                costs=place == 0 or bool(NEED_A_FEE & set(fates[place])),
            )
        )
    return made


def declared_patents(patents: list[dict[str, str]]) -> list[dict[str, str]]:
    """The patents that the stories declare, in their order."""
    return pick(patents, Random(SEED))[:STORIES]


def pick(patents: list[dict[str, str]], random: Random) -> list[dict[str, str]]:
    """Patents to declare: some of the demo logins' university first, all with years to run, in random order."""
    horizon = "2013-06"
    fit = [row for row in patents if row["filing_date"] >= horizon and row["kind"] != "utility_model"]
    fit += [row for row in patents if row["kind"] == "utility_model" and row["filing_date"] >= "2019"]
    random.shuffle(fit)
    own = [row for row in fit if row["holder"] == OWN_HOLDER and not row["co_holder"]]
    return own[:3] + [row for row in fit if row not in own[:3]]


def _shuffled_endings(random: Random) -> list[str]:
    endings = [ending for ending, count in ENDINGS.items() for _n in range(count)]
    endings += ["open"] * (STORIES - SMALL_STORIES - len(endings))
    random.shuffle(endings)
    return endings


def _license_counts(endings: list[str], random: Random) -> list[int]:
    counts = [0] * len(endings)
    for place, count in enumerate(SMALL_LICENSES):
        counts[place] = count
    able = [place for place, ending in enumerate(endings) if ending not in NOT_OPENED and place >= SMALL_STORIES]
    for place in able:
        if endings[place] in ("suspended", "expired", "terminated"):
            counts[place] = 1  # what ends with the offer, or waits for it, is there to be seen
    while sum(counts) < LICENSES:
        place = random.choice(able)
        if counts[place] < 5:
            counts[place] += 1
    return counts


def _fates(endings: list[str], counts: list[int], random: Random) -> list[list[str]]:
    """What becomes of the licenses of each story, in the order they are taken."""
    fates = [["kept"] * count for count in counts]
    open_ones = [place for place in range(SMALL_STORIES, len(endings)) if endings[place] == "open"]
    taken = [(place, nth) for place in open_ones for nth in range(counts[place])]
    chosen = iter(random.sample(taken, sum(FATES.values())))
    for fate, times in FATES.items():
        for _n in range(times):
            place, nth = next(chosen)
            fates[place][nth] = fate
    for place, ending in enumerate(endings):
        if ending == "suspended":
            fates[place][-1] = "held"
    for place in random.sample(open_ones, NOTICES_IN_PREPARATION):
        fates[place].append("draft")
    return fates


def _start(ending: str, now: datetime, random: Random) -> datetime:
    """When it was submitted: a year of history; what is still under way began days ago."""
    days_ago = {
        "draft": (1, 10),
        "submitted": (1, 3),
        "under_review": (2, 4),
        "correction": (4, 8),
        "approved": (3, 6),
    }.get(ending, (45, 360))
    if ending == "withdrawal_review":
        days_ago = (60, 200)
    day = (now - timedelta(days=random.randrange(*days_ago))).date()
    return datetime(day.year, day.month, day.day, random.randrange(1, 8), random.randrange(60), tzinfo=UTC)
