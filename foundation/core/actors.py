"""Whoever acts: a membership (anything with these four attributes), the system, or the clock."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """People and organizations only as ids; the ground knows no more of them."""

    user_id: int | None = None
    organization_id: int | None = None
    role: str = ""
    label: str = ""


SYSTEM = Actor(role="system", label="system")
CLOCK = Actor(role="clock", label="clock")
NOT_PEOPLE = frozenset({SYSTEM.role, CLOCK.role})


def is_person(actor: object) -> bool:
    """Whether somebody acts who has to be asked for a right; the system and the clock are named by the tables."""
    return getattr(actor, "role", "") not in NOT_PEOPLE
