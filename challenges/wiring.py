"""What challenges answer for and listen to."""

from challenges import rules, wiring_contracts, wiring_judging, wiring_listing, wiring_proposals
from challenges.models import Challenge
from challenges.services import bounty, checks, milestones, publishing, review_facts
from foundation import audit
from foundation.core import handlers
from settlement.models import Obligation

__all__ = ["rules"]


def on_hold_placed(event) -> None:
    """More lies in an escrow: milestones that waited for it start."""
    obligation = Obligation.objects.filter(number=event.data["facts"]["obligation"], purpose=bounty.PURPOSE).first()
    if obligation is not None:
        challenge = Challenge.objects.get(pk=obligation.ref_id)
        if challenge.permits("work"):
            milestones.on_escrow_paid(challenge=challenge)


handlers.register(f"review.decided:{checks.FORMAL}", checks.on_formal_decided)
handlers.register(f"review.decided:{checks.EXPERT}", checks.on_expert_decided)
for kind in (checks.FORMAL, checks.EXPERT):
    handlers.register(f"review.facts:{kind}", review_facts.facts_of_challenge)
    handlers.register(f"review.undone:{kind}", checks.on_undone)
    handlers.register(f"review.lapsed:{kind}", checks.on_lapsed)
handlers.register(f"obligation.paid:{bounty.PURPOSE}", publishing.on_paid)
audit.subscriptions.subscribe("settlement.hold.placed", "challenges.escrow_paid", on_hold_placed)

wiring_listing.install()
wiring_proposals.install()
wiring_judging.install()
wiring_contracts.install()
