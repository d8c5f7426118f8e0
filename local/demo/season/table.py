"""The lots of the demo's seasons as a table (pure): who sells what in which session, and who bids when.

A lot takes the ``nth`` free patent of its seller. Bids are (firm, increments above the last price, when): minutes after
the start of the session, or percent of the time until now in the session that runs. The first bid counts from the
start price.
"""

from dataclasses import dataclass
from functools import cache

from local.demo import plan, texts_read

EARLIER, PRESENT, NEXT = "earlier", "present", "next"
OWN = "lqcell"  # the firm of the demo login that bids
END = 24 * 60  # minutes of a session
Bids = tuple[tuple[str, int, float], ...]


@dataclass(frozen=True)
class Row:
    """One lot; ``yuan`` is its start price, ``session`` the key of its session, "" for none yet."""

    key: str
    season: str
    session: str
    holder: str
    nth: int
    yuan: int
    bids: Bids = ()
    watching: tuple[str, ...] = ()  # admitted without a bid
    subject: str = "assignment"
    reserve: int | None = None
    more: tuple[int, ...] = ()  # further patents of a bundle
    years: int | None = None
    first_right: bool = False  # the first inventor will bid
    defects: str = "无已知瑕疵；未质押，无诉讼与无效请求。"


LICENSED = "按现状转让；出让方保留三年内教学与科研使用，不影响受让方权利。"
OLD = "年费已缴至本年度，下一年度年费由受让方承担；附图标记说明有一处勘误，详见资料室。"

ROWS = (
    # the season that is over
    Row("e1", EARLIER, "e", "hhpaper", 0, 260_000, (("dhpack", 0, 90), ("gtfiber", 2, 300), ("mlstone", 1, 1_100))),
    Row("e2", EARLIER, "e", "nanyuan", 0, 480_000, (("mscat", 0, 45), ("ydrec", 1, 700), ("mscat", 2, 1_437),
        ("ydrec", 1, 1_440.5))),
    Row("e3", EARLIER, "e", "wtsolar", 0, 150_000),
    Row("e4", EARLIER, "e", "kpvalve", 0, 320_000, (("yjwater", 0, 240),), reserve=380_000),
    # the season of now: four weekly sessions are over
    Row("a1", PRESENT, "1", "tjbase", 0, 180_000, (("mlstone", 0, 30), ("wxauto", 1, 410), ("mlstone", 1, 655),
        ("wxauto", 3, 1_212))),
    Row("a2", PRESENT, "1", "xfcable", 0, 220_000, ((OWN, 0, 64), ("gxsemi", 1, 188), (OWN, 2, 905),
        ("gxsemi", 2, 1_436))),
    Row("a3", PRESENT, "1", "yunpu", 0, 90_000),
    Row("b1", PRESENT, "2", "jhut", 0, 1_200_000, (("xzqm", 0, 21), ("wxauto", 1, 377), ("yxmotor", 1, 961),
        ("xzqm", 1, 1_436.2), ("wxauto", 1, 1_440.4), ("xzqm", 1, 1_444.7)), defects=LICENSED),
    Row("b2", PRESENT, "2", "luting", 0, 300_000, watching=("ypdrone",)),
    Row("b3", PRESENT, "2", "gtfiber", 0, 160_000, (("wyknit", 0, 508), ("dysilk", 1, 1_003)), reserve=210_000),
    Row("c1", PRESENT, "3", "jhut", 1, 650_000, (("lbrobot", 0, 33), ("yxmotor", 2, 1_240)), defects=LICENSED),
    Row("c2", PRESENT, "3", "mgheat", 0, 380_000, (("fxair", 0, 72), (OWN, 1, 260), ("fxair", 2, 1_191),
        (OWN, 1, 1_438.5)), defects=OLD),
    Row("c3", PRESENT, "3", "xitang", 0, 420_000, (("hscoat", 0, 110),), watching=("cqprint",)),
    Row("c4", PRESENT, "3", "jhut", 2, 200_000, watching=("qlrail",)),
    Row("d1", PRESENT, "4", "yanhu", 1, 540_000, (("zzcharge", 0, 40), (OWN, 1, 505), ("wtsolar", 1, 1_020),
        (OWN, 1, 1_437.3), ("zzcharge", 1, 1_441.1), (OWN, 2, 1_444.9))),
    Row("d2", PRESENT, "4", "bltel", 0, 130_000, (("hqdata", 0, 315), ("ztsoft", 1, 820), ("hqdata", 1, 1_300))),
    Row("d3", PRESENT, "4", "qinghe", 0, 80_000, subject="ordinary_license", years=3),
    # the session that runs now: percent of the time since its start
    Row("l1", PRESENT, "live", "jhut", 3, 360_000, (("xzqm", 0, 4), ("gxsemi", 1, 17), (OWN, 1, 31), ("xzqm", 2, 44),
        ("gxsemi", 1, 58), (OWN, 1, 71), ("xzqm", 1, 88)), watching=("shgraph",), defects=LICENSED),
    Row("l2", PRESENT, "live", "yanhu", 0, 2_400_000, (("lywind", 0, 9), (OWN, 1, 36), ("yhgrid", 1, 63),
        (OWN, 1, 80))),
    Row("l3", PRESENT, "live", "ypagri", 0, 60_000, watching=("hyseed",)),
    # the coming session takes registrations; "b2" is listed again there
    Row("f1", PRESENT, "5", "jhut", 4, 880_000, watching=("gxsemi",), defects=LICENSED),
    Row("f2", PRESENT, "5", "lanting", 0, 150_000, watching=("yzloom",), subject="exclusive_license", years=5),
    Row("f3", PRESENT, "5", "yunpu", 1, 1_600_000, more=(2,), first_right=True),
    # selected for the session after it
    Row("g1", PRESENT, "6", "luting", 1, 210_000),
    Row("g2", PRESENT, "6", "nanyuan", 1, 340_000),
    Row("g3", PRESENT, "", "hqfoam", 0, 270_000),
    # what the next season collects: a draft, cases on the officer's desk, one to be corrected, one not selected
    Row("h1", NEXT, "draft", "jhut", 5, 300_000),
    Row("h2", NEXT, "submitted", "jhut", 6, 460_000, defects=LICENSED),
    Row("h3", NEXT, "claimed", "qingyu", 0, 520_000),
    Row("h4", NEXT, "returned", "ydrec", 0, 240_000),
    Row("h5", NEXT, "refused", "wtsolar", 1, 110_000),
)  # fmt: skip
ASKING = ("ztsoft", "jzglass", "yjwater", "qlrail", "wyknit", "dysilk")  # or offering in talks
OF = {row.key: row for row in ROWS}


def holders() -> set[str]:
    """The keys of the organizations that sell."""
    return {row.holder for row in ROWS}


def firms() -> set[str]:
    """The keys of the organizations that bid, watch, ask or make offers."""
    return {OWN, *ASKING, *(firm for row in ROWS for firm in (*(bid[0] for bid in row.bids), *row.watching))}


def in_session(season: str, session: str) -> list[Row]:
    """The lots of a session in the order of the table."""
    return [row for row in ROWS if (row.season, row.session) == (season, session)]


@cache
def _free(holder: str) -> list[str]:
    """Inventions of a holder alone that nobody declares and whose register facts are all known."""
    declared = {row["number"] for row in plan.declared_patents(texts_read.patents())}
    own = [row for row in texts_read.patents() if row["holder"] == holder]
    known = [row for place, row in enumerate(own) if place % plan.UNKNOWN_EVERY]
    return [
        row["number"]
        for row in known
        if row["number"] not in declared and not row["co_holder"] and row["kind"] in ("invention", "pct_invention")
    ]


def patents_of(row: Row) -> list[str]:
    """The numbers of a lot's patents."""
    return [_free(row.holder)[nth] for nth in (row.nth, *row.more)]
