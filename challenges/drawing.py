"""Drawing experts at random so that anybody can repeat it: a seed, the list it was drawn from, and this file. Pure.

The order is that of SHA-256(seed, expert): uniform over all orders as far as anybody can tell, the same in every
language and version, and not to be steered once the seed is written down.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class PoolTooSmall(ValueError):
    """Fewer eligible experts than seats, or too few from outside."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who sits, who stands by, in the order drawn."""

    seats: list[int]
    reserves: list[int]


def new_seed() -> str:
    """32 random bytes, hex."""
    return secrets.token_hex(32)


def digest(seed: str, expert: int) -> str:
    """What an expert is ordered by: SHA-256 (hex) over the seed, a colon and the expert's number."""
    return hashlib.sha256(f"{seed}:{expert}".encode()).hexdigest()


def order(seed: str, experts: Iterable[int]) -> list[int]:
    """The experts in the order of the draw."""
    return sorted(set(experts), key=lambda expert: digest(seed, expert))


def least_outside(size: int) -> int:
    """How many of so many seats must be from outside the owner's unit: two thirds, rounded up."""
    return -(-2 * size // 3)


def draw(seed: str, eligible: Mapping[int, bool], *, size: int, reserves: int = 0) -> Drawn:
    """Draw a panel from {expert: is from outside}. Raises PoolTooSmall.

    Seats are filled in the order of the draw; an insider who would leave fewer than two thirds from outside is passed
    over. Reserves follow in the same order, outsiders only: they can replace anybody.
    """
    ordered = order(seed, eligible)
    most_inside = size - least_outside(size)
    seats: list[int] = []
    for expert in ordered:
        inside = sum(not eligible[one] for one in seats)
        if len(seats) < size and (eligible[expert] or inside < most_inside):
            seats.append(expert)
    if len(seats) < size:
        raise PoolTooSmall(len(seats))
    rest = [expert for expert in ordered if expert not in seats and eligible[expert]]
    return Drawn(seats, rest[:reserves])
