"""What the matrix needs of contracts, milestones and what came of a result."""

from typing import Any

from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories.challenges import Cast


def added(cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """Contracts of challenges of ``actor``'s, with the other party as the team: one to sign, one in work."""
    to_sign = work.awarded(cast, actor, [other, accounts.patentee()]).awards.get()
    running = work.running(actor, other, cast)
    milestone = running.milestones.get(position=1)
    return {"contract_new": to_sign.number, "contract": running.number, "contract_milestone": milestone.pk}
