"""Sharing income: co-owners first, then an institution's waterfall. Pure arithmetic that loses no fen."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.core.money import BASIS_POINTS, Money, split

LEGAL_FLOOR_BP = 5_000  # inventors' part of the net income in state institutions (STA Art. 45)
RETURNED_TIMES = 2  # what an inventor paid for a patent comes back so many times, where the policy says so


class PlanInvalid(ValueError):
    """The parts of a plan do not make the whole."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a policy shares what is left: basis points of inventors, department, institution, technology manager."""

    inventors_bp: int
    department_bp: int = 0
    institution_bp: int = 0
    manager_bp: int = 0

    def __post_init__(self):
        parts = (self.inventors_bp, self.department_bp, self.institution_bp, self.manager_bp)
        if min(parts) < 0 or sum(parts) != BASIS_POINTS:
            raise PlanInvalid(f"{parts} do not add up to {BASIS_POINTS}")

    @property
    def keeps_floor(self) -> bool:
        """Whether the inventors get what the law gives them in state institutions."""
        return self.inventors_bp >= LEGAL_FLOOR_BP


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Where every fen of an income goes. `parts` add up to the income."""

    income: Money
    deductions: tuple[Money, ...]
    returns: tuple[Money, ...]
    inventors: tuple[Money, ...]
    department: Money
    institution: Money
    manager: Money

    @property
    def net(self) -> Money:
        """Income less deductions: the base of the legal floor."""
        return self.income - sum(self.deductions, Money(0, self.income.currency))

    @property
    def to_inventors(self) -> Money:
        """What inventors get in all, returned costs included."""
        return sum((*self.returns, *self.inventors), Money(0, self.income.currency))

    @property
    def parts(self) -> tuple[Money, ...]:
        """Everything the income was divided into."""
        return (*self.deductions, *self.returns, *self.inventors, self.department, self.institution, self.manager)


def among_owners(income: Money, weights: Sequence[int]) -> list[Money]:
    """Each co-owner's part by weight, in the order given (Patent Law Art. 14: before any internal sharing).

    Rests go by largest remainder. Raises ValueError for no weights or weights that are all zero.
    """
    return split(income, weights)


def waterfall(
    income: Money, plan: Plan, *, inventors: Sequence[int], deductions: Sequence[Money] = (), owed: Sequence[Money] = ()
) -> Waterfall:
    """Share the income of one owner.

    ``deductions`` (taxes, listed costs) are taken in their order while income is left; ``owed`` is what costs borne by
    inventors still have to return, pro rata where the net income is less. Of the rest the inventors get their part
    rounded up to the fen, so that rounding never cuts into the legal floor; department, institution and manager share
    what remains, the inventors theirs by weight, by largest remainder. Raises ValueError without inventors.
    """
    taken = _taken(income, deductions)
    net = income - sum(taken, Money(0, income.currency))
    returned = _returned(net, owed)
    rest = net - sum(returned, Money(0, income.currency))
    team = Money(-(-rest.fen * plan.inventors_bp // BASIS_POINTS), income.currency)
    others = [plan.department_bp, plan.institution_bp, plan.manager_bp]
    left = rest - team
    department, institution, manager = split(left, others) if any(others) else (left,) * len(others)
    return Waterfall(
        income, tuple(taken), tuple(returned), tuple(split(team, inventors)), department, institution, manager
    )


def _taken(income: Money, deductions: Sequence[Money]) -> list[Money]:
    found, left = [], income
    for amount in deductions:
        part = min(amount, left)
        found.append(part)
        left -= part
    return found


def _returned(net: Money, owed: Sequence[Money]) -> list[Money]:
    total = sum(owed, Money(0, net.currency))
    if total <= net:
        return list(owed)
    return split(net, [one.fen for one in owed])
