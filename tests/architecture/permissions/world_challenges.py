"""What the matrix needs of challenges: one season for all, and each area's objects of each side."""

from typing import Any

from tests.architecture.permissions import world_contracts, world_judging, world_listing, world_proposals
from tests.factories.challenges import Cast

AREAS = (world_listing, world_proposals, world_judging, world_contracts)


def season(officer: Any) -> Cast:
    """Made once: a season that takes challenges, and who opens its proposals."""
    return Cast(officer=officer)


def added(made: dict[str, Any], cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """With everything about challenges; what the other party has is reached as its counterparty."""
    counterparty = {**made["counterparty"]}
    for area in AREAS:
        made |= area.added(cast, actor, other)
        counterparty |= area.added(cast, other, actor)
    return made | {"list_season": cast.season.code, "counterparty": counterparty}
