"""The panel of a challenge's page about what followed the selection: awards, escrow, milestones, outcomes."""

from typing import Any

from django.utils.translation import gettext as _

from challenges.lifecycle_parties import MilestoneState
from challenges.models import Award, Challenge
from challenges.presentation.contracts import outcome_row
from challenges.queries import contracts
from foundation.core.money import Money

TEMPLATE = "challenges/results_panel.html"


def panels(*, challenge: Challenge, membership: Any) -> list[dict[str, Any]]:
    """The panel, from the public notice on."""
    awards = contracts.announced(challenge)
    if not awards:
        return []
    seen = set(contracts.visible_to(membership).filter(challenge=challenge).values_list("pk", flat=True))
    rows = [_row(award, award.pk in seen) for award in awards]
    context = {"awards": rows, "escrow": _escrow(challenge)}
    return [{"title": _("Awards and results"), "template": TEMPLATE, "context": context, "place": "main"}]


def _row(award: Award, is_open: bool) -> dict[str, Any]:
    milestones = list(award.milestones.all())
    accepted = [one for one in milestones if one.state == MilestoneState.ACCEPTED]
    return {
        "award": award,
        "url": award.get_absolute_url() if is_open else "",
        "milestones": milestones,
        "accepted": len(accepted),
        "paid": sum((one.amount for one in accepted), Money(0)),
        "outcomes": [outcome_row(one) for one in award.outcomes.all()],
    }


def _escrow(challenge: Challenge) -> list[dict[str, Any]]:
    """The money everybody may know of: what is secured and what left it."""
    sums = contracts.escrow(challenge)
    return [
        {"label": _("Paid into the escrow"), "value": str(Money(sums["paid_in"])), "number": True},
        {"label": _("Paid to teams"), "value": str(Money(sums["paid_out"])), "number": True},
    ]
