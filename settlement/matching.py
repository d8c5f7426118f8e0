"""Which obligations a receipt of money pays (pure). Never a guess: what is not certain is only suggested.

The caller gives every obligation that could be meant; `decide` answers with parts, or with why a person has to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from foundation.core.marks import _

MOST_IN_ONE = 12  # obligations paid by one transfer


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as the matcher sees it. ``left_fen`` is 0 when it is no longer open (paid, expired, cancelled).

    ``partial``: part payments are accepted. ``names`` are the payer's names, normalized; empty for natural persons,
    whose names are not unique.
    """

    id: int
    left_fen: int
    amount_fen: int
    opened_on: date
    codes: frozenset[str] = frozenset()
    debtor_id: int = 0
    names: frozenset[str] = frozenset()
    partial: bool = False

    @property
    def is_open(self) -> bool:
        return self.left_fen > 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in: ``exact`` are the identifiers in its text, ``near`` those one slip away."""

    amount_fen: int
    booked_on: date
    exact: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """So much of the receipt for this obligation."""

    owed_id: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person may think of: the parts and why."""

    parts: tuple[Part, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """``rule`` names what made it certain; empty where a person decides, then ``why`` says so."""

    parts: tuple[Part, ...] = ()
    rule: str = ""
    why: str = ""

    @property
    def is_certain(self) -> bool:
        return bool(self.rule)


REFERENCE, SEVERAL, CORRECTED, PARTY = "reference", "several", "corrected", "party"
RULES = {
    REFERENCE: _("The reference is right and the amount agrees."),
    SEVERAL: _("The references named add up to the amount."),
    CORRECTED: _("The reference has one slip, fits one obligation only, and the amount agrees."),
    PARTY: _("The payer owes exactly one obligation of this amount."),
}
WHYS = {
    "nothing": _("No reference, and no single obligation of this payer and amount."),
    "closed": _("The obligation that is named is no longer open."),
    "amount": _("The amount differs from what is owed for the reference."),
    "sum": _("The references named do not add up to the amount."),
    "ambiguous": _("More than one obligation could be meant."),
    "slip": _("The reference is not quite right."),
}
REASONS = {
    "named": _("Named by its reference"),
    "near": _("Its reference is one slip away from the text"),
    "amount": _("Same payer and same amount"),
    "payer": _("Same payer"),
    "sum": _("Obligations of this payer that add up to the amount"),
    "same": _("Same amount"),
}


def decide(receipt: Receipt, owed: Iterable[Owed]) -> Decision:
    """The obligations a receipt certainly pays; otherwise why not."""
    rows = list(owed)
    named, near = _meant(receipt, rows)
    if named:
        certain = _by_reference(receipt, named, near)
    elif near:
        certain = _by_slip(receipt, near)
    elif receipt.exact:
        certain = Decision(why="closed")  # a valid reference that is none of ours
    else:
        certain = _by_party(receipt, rows)
    return certain


def suggestions(receipt: Receipt, owed: Iterable[Owed], left_fen: int) -> list[Suggestion]:
    """What a person may think of for what is left of a receipt: at most ten, the most telling first."""
    rows = list(owed)
    return _suggest(replace(receipt, amount_fen=left_fen), rows, *_meant(receipt, rows))


def _meant(receipt: Receipt, rows: list[Owed]) -> tuple[list[Owed], list[Owed]]:
    """What the receipt names, and what it nearly names."""
    by_code = {code: row for row in rows for code in row.codes}
    named = _distinct(by_code[code] for code in receipt.exact if code in by_code)
    near = _distinct(by_code[code] for code in sorted(receipt.near) if code in by_code)
    return named, [row for row in near if row not in named]


def _distinct(rows: Iterable[Owed]) -> list[Owed]:
    return list({row.id: row for row in rows}.values())


def _parts(rows: list[Owed]) -> tuple[Part, ...]:
    return tuple(Part(row.id, row.left_fen) for row in rows)


def _by_reference(receipt: Receipt, named: list[Owed], near: list[Owed]) -> Decision:
    if any(not row.is_open for row in named):
        return Decision(why="closed")
    total = sum(row.left_fen for row in named)
    if total == receipt.amount_fen:
        return Decision(_parts(named), REFERENCE if len(named) == 1 else SEVERAL)
    if len(named) == 1 and not near:
        one = named[0]
        if one.partial and receipt.amount_fen < one.left_fen:
            return Decision((Part(one.id, receipt.amount_fen),), REFERENCE)
        return Decision(why="amount")
    whole = [*named, *near]
    if near and all(row.is_open for row in near) and sum(row.left_fen for row in whole) == receipt.amount_fen:
        return Decision(_parts(whole), CORRECTED)
    return Decision(why="sum" if len(whole) > 1 else "amount")


def _by_slip(receipt: Receipt, near: list[Owed]) -> Decision:
    """Whatever is one slip away counts, open or not: two candidates are no certainty."""
    if len(near) > 1:
        return Decision(why="ambiguous")
    if not near[0].is_open:
        return Decision(why="closed")
    if near[0].left_fen != receipt.amount_fen:
        return Decision(why="slip")
    return Decision(_parts(near), CORRECTED)


def _by_party(receipt: Receipt, rows: list[Owed]) -> Decision:
    """Nothing is named: certain only if this payer has, open or closed of late, a single obligation of the amount."""
    own = [row for row in rows if receipt.name and receipt.name in row.names]
    if len({row.debtor_id for row in own}) > 1:
        return Decision(why="ambiguous")
    same = [row for row in own if receipt.amount_fen in (row.left_fen, row.amount_fen)]
    if len(same) > 1:
        return Decision(why="ambiguous")
    fitting = [row for row in same if row.left_fen == receipt.amount_fen and row.opened_on <= receipt.booked_on]
    return Decision(_parts(fitting), PARTY) if fitting else Decision(why="nothing")


def _suggest(receipt: Receipt, rows: list[Owed], named: list[Owed], near: list[Owed]) -> list[Suggestion]:
    """Each only with open obligations and no more money than there is."""
    own = [row for row in rows if row.is_open and receipt.name and receipt.name in row.names]
    ways: list[tuple[list[Owed], str]] = [([row for row in named if row.is_open], "named")]
    ways += [([row], "named") for row in named if row.is_open and len(named) > 1]
    ways += [([row], "near") for row in near if row.is_open]
    ways += [([row], "amount") for row in own if row.left_fen == receipt.amount_fen]
    ways += [(found, "sum") for found in _sums(receipt.amount_fen, own)]
    ways += [([row], "payer") for row in own]
    ways += [([row], "same") for row in rows if row.is_open and row.left_fen == receipt.amount_fen]
    found: dict[tuple[int, ...], Suggestion] = {}
    for chosen, reason in ways:
        parts = _fill(receipt.amount_fen, chosen)
        key = tuple(sorted(part.owed_id for part in parts))
        if parts and key not in found:
            found[key] = Suggestion(parts, reason)
    return list(found.values())[:10]


def _fill(amount_fen: int, rows: list[Owed]) -> tuple[Part, ...]:
    """As much as fits, in order: whole obligations, a part where parts are accepted."""
    parts, rest = [], amount_fen
    for row in rows:
        taken = row.left_fen if row.left_fen <= rest else (rest if row.partial else 0)
        if taken:
            parts.append(Part(row.id, taken))
            rest -= taken
    return tuple(parts)


def _sums(amount_fen: int, rows: list[Owed]) -> list[list[Owed]]:
    """Two or three obligations of a payer that add up to the amount; only among few, as a hint."""
    few = rows[:MOST_IN_ONE]
    return [
        list(chosen)
        for size in (2, 3)
        for chosen in combinations(few, size)
        if sum(row.left_fen for row in chosen) == amount_fen
    ][:3]
