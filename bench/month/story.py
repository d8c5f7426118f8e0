"""Debts and movements of a month, drawn from stated shares. The same seed gives the same month."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.month.names import latin, word

# Of a thousand lines: how they are written. What is left over names the right reference.
SHARES = {
    "mistyped": 60,  # one character wrong, missing, added or two swapped
    "nameless": 50,  # no reference; the payer owes this amount once
    "foreign": 30,  # a payer abroad, Latin letters, the reference in a field of its own
    "three": 10,  # one transfer for three obligations
    "three_mistyped": 2,  # and one of the three references has a slip
    "reversed": 8,  # comes in, is taken back by the bank on another day, and is paid again: three lines each
    "part": 20,  # a royalty paid in three parts, each with its reference: three lines each
    "doubtful": 7,  # no reference, and the payer owes this amount twice
    "garbled": 5,  # a reference with three slips, and another payer
    "short": 5,  # the bank abroad kept its charge: a deposit paid short
    "twice": 5,  # paid again by mistake
    "third_party": 3,  # somebody else pays, without a reference
    "unknown": 6,  # nobody knows what for
}
EQUAL = (50_000_00, 30_000_00, 20_000_00, 10_000_00, 8_000_00, 5_000_00, 3_000_00, 1_000_00)
EQUAL_SHARE = 0.6
DEBTS_PER_LINE = 0.96  # 4,800 for 5,000
DEBTS_PER_PAYER = 7
SAME_NAME, PEOPLE, ABROAD = 50, 25, 12  # every so many payers
WHOLE, PARTIAL = ("auction.deposit", "license.trial_deposit"), "license.royalty"
CHARGE = 25_00


@dataclass
class Payer:
    """Somebody who owes. ``kind`` as in the product: enterprise, person, foreign_company."""

    index: int
    name: str
    kind: str
    account: str


@dataclass
class Debt:
    """What a payer owes; ``code`` is given by the world."""

    index: int
    payer: Payer
    fen: int
    purpose: str
    code: str = ""


@dataclass
class Movement:
    """A line to be: ``pays`` says what it is meant for, by debt; nothing where it is to go back.

    ``debts`` are those its text names, ``style`` how. ``reverses`` is the movement a reversal takes back.
    """

    kind: str
    day: date
    fen: int
    payer: Payer
    pays: dict[int, int] = field(default_factory=dict)
    debts: list[Debt] = field(default_factory=list)
    reverses: "Movement | None" = None
    text: str = ""
    reference: str = ""
    end_to_end: str = ""


@dataclass
class Month:
    """All of it. ``first`` and ``last`` are its days."""

    first: date
    last: date
    payers: list[Payer]
    debts: list[Debt]
    movements: list[Movement]


class _Author:
    def __init__(self, lines: int, first: date, seed: int):
        self.dice, self.lines, self.first = random.Random(seed), lines, first
        self.last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.payers: list[Payer] = []
        self.debts: list[Debt] = []
        self.movements: list[Movement] = []

    def day(self, since: date | None = None) -> date:
        since = since or self.first
        return since + timedelta(days=self.dice.randint(0, (self.last - since).days))

    def make_payers(self) -> None:
        count = max(12, int(self.lines * DEBTS_PER_LINE) // DEBTS_PER_PAYER)
        for n in range(count):
            kind, name = "enterprise", f"江海{word(n)}科技有限公司"
            if n % ABROAD == 5:
                kind, name = "foreign_company", f"Muster {latin(n)} GmbH"
            elif n % PEOPLE == 7:
                kind, name = "person", f"王{word(n)[:1]}"
            elif n % SAME_NAME == 9:
                name = f"江海{word(n - 1)}科技有限公司"  # another company of the same name
            self.payers.append(Payer(n, name, kind, f"6222{n:012d}"))

    def make_debts(self) -> None:
        for index in range(int(self.lines * DEBTS_PER_LINE)):
            payer = self.payers[self.dice.randrange(len(self.payers))]
            equal = self.dice.random() < EQUAL_SHARE
            fen = self.dice.choice(EQUAL) if equal else self.dice.randrange(100_00, 90_000_00)
            purpose = PARTIAL if self.dice.random() < 0.4 else self.dice.choice(WHOLE)
            self.debts.append(Debt(index, payer, fen, purpose))
        self.unpaid = self.debts[:]
        self.dice.shuffle(self.unpaid)

    def take(self, fits=lambda debt: True) -> Debt | None:
        """A debt nobody paid yet."""
        for place in range(len(self.unpaid) - 1, -1, -1):
            if fits(self.unpaid[place]):
                return self.unpaid.pop(place)
        return None

    def add(self, kind: str, debts: list[Debt], *, fen: int | None = None, payer: Payer | None = None, **more) -> None:
        whole = {debt.index: debt.fen for debt in debts}
        pays = more.pop("pays", whole)
        facts = {"kind": kind, "day": self.day(), "debts": debts, "payer": payer or debts[0].payer, "pays": pays}
        self.movements.append(Movement(**facts | {"fen": fen or sum(whole.values())} | more))


def _alone(author: _Author):
    """Debts that are the only one of their amount with their payer's name."""
    count = defaultdict(int)
    for debt in author.debts:
        count[debt.payer.name, debt.fen] += 1
    names = defaultdict(set)
    for payer in author.payers:
        names[payer.name].add(payer.index)
    return lambda debt: (
        debt.payer.kind != "person" and count[debt.payer.name, debt.fen] == 1 and len(names[debt.payer.name]) == 1
    )


def _doubled(author: _Author):
    waiting = defaultdict(int)
    for debt in author.unpaid:
        waiting[debt.payer.name, debt.fen] += 1
    return lambda debt: waiting[debt.payer.name, debt.fen] > 1


def invent(lines: int, first: date, seed: int = 20) -> Month:
    """A month of so many lines that begins on ``first``."""
    author = _Author(lines, first, seed)
    author.make_payers()
    author.make_debts()
    for kind, share in SHARES.items():
        for _n in range(max(1, round(share * lines / 1000))):
            TELL[kind](author)
    while len(author.movements) < lines and (debt := author.take()):
        author.add("reference", [debt])
    author.movements.sort(key=lambda one: (one.day, one.kind == "reversal"))
    return Month(first, author.last, author.payers, author.debts, author.movements)


def _one(kind: str):
    def tell(author: _Author) -> None:
        author.add(kind, [author.take()])

    return tell


def _nameless(author: _Author) -> None:
    if debt := author.take(_alone(author)):
        author.add("nameless", [debt])


def _doubtful(author: _Author) -> None:
    if debt := author.take(_doubled(author)):
        author.add("doubtful", [debt])


def _foreign(author: _Author) -> None:
    if debt := author.take(lambda one: one.payer.kind == "foreign_company"):
        author.add("foreign", [debt])


def _three(kind: str):
    def tell(author: _Author) -> None:
        first = author.take()
        others = [author.take(lambda one: one.payer is first.payer) or author.take() for _n in range(2)]
        author.add(kind, [first, *others])

    return tell


def _reversed(author: _Author) -> None:
    """A royalty that comes in, is taken back some days later, and is paid again after that."""
    debt = author.take(lambda one: one.purpose == PARTIAL)
    day = author.first + timedelta(days=author.dice.randint(0, 20))
    back = day + timedelta(days=author.dice.randint(0, 6))
    author.add("reversed", [debt], day=day, pays={})
    came = author.movements[-1]
    author.add("reversal", [], fen=-came.fen, payer=came.payer, day=back, reverses=came)
    author.add("reference", [debt], day=author.day(back + timedelta(days=1)))


def _part(author: _Author) -> None:
    debt = author.take(lambda one: one.purpose == PARTIAL)
    first, second = (debt.fen * author.dice.randint(20, 45) // 100 for _n in range(2))
    for fen in (first, second, debt.fen - first - second):
        author.add("part", [debt], fen=fen, pays={debt.index: fen})


def _garbled(author: _Author) -> None:
    debt, other = author.take(), author.dice.choice(author.payers)
    author.add("garbled", [debt], payer=Payer(-1, f"代付{other.index}有限公司", "enterprise", "6200"))


def _short(author: _Author) -> None:
    debt = author.take(lambda one: one.purpose in WHOLE and one.payer.kind == "foreign_company")
    debt = debt or author.take(lambda one: one.purpose in WHOLE)
    author.add("short", [debt], fen=debt.fen - CHARGE, pays={})


def _twice(author: _Author) -> None:
    debt = author.take()
    day = author.day()
    author.add("reference", [debt], day=day)
    author.add("twice", [debt], day=author.day(day), pays={})


def _third_party(author: _Author) -> None:
    author.add("third_party", [author.take()], payer=Payer(-1, "江海代付结算有限公司", "enterprise", "6201"))


def _unknown(author: _Author) -> None:
    fen = author.dice.randrange(10_00, 400_00)
    author.add("unknown", [], fen=fen, payer=Payer(-1, "不详贸易有限公司", "enterprise", "6202"))


TELL = {
    "mistyped": _one("mistyped"), "nameless": _nameless, "foreign": _foreign, "three": _three("three"),
    "three_mistyped": _three("three_mistyped"), "reversed": _reversed, "part": _part, "doubtful": _doubtful,
    "garbled": _garbled, "short": _short, "twice": _twice, "third_party": _third_party, "unknown": _unknown,
}  # fmt: skip
