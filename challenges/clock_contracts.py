"""What falls due for contracts and milestones."""

from challenges.clock import BATCH, each
from challenges.queries import contracts
from challenges.services import overdue
from foundation.core.clock import database_now


def look() -> int:
    """One look at contracts to sign and milestones to hand in or to decide; how many were told about."""
    now = database_now()
    return each(contracts.milestones_due(now)[:BATCH], lambda one: overdue.look_at_milestone(milestone=one)) + each(
        contracts.awards_due(now)[:BATCH], lambda one: overdue.look_at_award(award=one)
    )
