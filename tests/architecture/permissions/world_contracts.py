"""What the matrix needs of contracts, milestones and what came of a result."""

from typing import Any

from tests.factories.challenges import Cast


def added(cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """Objects of the side of ``actor``; ``other`` is the party across from it."""
    return {}
