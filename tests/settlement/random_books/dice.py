"""What an act is, and how its arguments are thrown: one seed gives one act, for Hypothesis and for the long run."""

from collections.abc import Callable
from random import Random

Throw = Callable[[Random], object]
ACTS: dict[str, dict[str, Throw]] = {}


def act(**throws: Throw):
    """Make a method an act; ``throws`` give its arguments."""

    def register(method):
        ACTS[method.__name__] = throws
        return method

    return register


def number(least: int, most: int) -> Throw:
    """A whole number, both ends included."""
    return lambda dice: dice.randint(least, most)


def one(of) -> Throw:
    """One of several values."""
    return lambda dice: dice.choice(list(of))


def numbers(throw: Throw, least: int, most: int) -> Throw:
    """A list of throws."""
    return lambda dice: [throw(dice) for _n in range(dice.randint(least, most))]


def fen(dice: Random) -> int:
    """An amount: small, everyday, or large; a fen at least."""
    return dice.randint(1, 10 ** dice.randint(1, 9))


def coin(dice: Random) -> bool:
    """Yes or no."""
    return dice.random() < 0.5


PICK, PERCENT = number(0, 99), number(1, 100)
