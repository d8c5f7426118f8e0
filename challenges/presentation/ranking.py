"""The ranking with everything it follows from, as a page and as a file that anybody can compute it from again."""

from typing import Any

from challenges.lifecycle import ChallengeState
from challenges.models import Challenge, Proposal
from challenges.queries import judging
from challenges.services import scores

# Who is chosen, or was to follow, is known by name; the others by number only.
NAMED = ("winner", "reserve", "contracted", "fell_through", "stood_down")


def table(challenge: Challenge, membership) -> dict[str, Any]:
    """Rows by place, each with the experts' results; names as far as the reader may know them."""
    given, weights = scores.counted(challenge), scores.weights(challenge)
    known = {one.number: one for one in challenge.proposals.exclude(number=None).select_related("organization")}
    aliases = sorted({alias for by_expert in given.values() for alias in by_expert}, key=by_number)
    rows = [
        {
            "place": one.place,
            "number": one.proposal,
            "proposal": known[one.proposal],
            "organization": name_for(challenge, known[one.proposal], membership),
            "results": [scores.shown(given[one.proposal].get(alias, {}), weights) for alias in aliases],
            "result": one.shown,
            "counted": one.counted,
        }
        for one in scores.ranking(challenge)
    ]
    return {"rows": rows, "aliases": aliases, "criteria": list(challenge.criteria.all())}


def by_number(alias: str) -> int:
    """E2 before E10."""
    return int(alias[1:])


def name_for(challenge: Challenge, proposal: Proposal, membership) -> str:
    """The team: for the firm and the administration always, for itself, and for everybody once it is chosen."""
    mine = membership is not None and membership.organization_id in (proposal.organization_id, challenge.owner_id)
    public = challenge.state in judging.AFTER_NOTICE and challenge.state != ChallengeState.NO_AWARD
    if mine or judging.is_insider(membership) or (public and proposal.state in NAMED):
        return proposal.organization.display_name
    return ""


def details(challenge: Challenge) -> list[dict[str, Any]]:
    """Every point given, by proposal and criterion: what the results are the mean of."""
    given, criteria = scores.counted(challenge), list(challenge.criteria.all())
    return [
        {
            "number": number,
            "rows": [
                {
                    "criterion": one,
                    "points": [by_expert[alias].get(one.pk, "") for alias in sorted(by_expert, key=by_number)],
                }
                for one in criteria
            ],
            "aliases": sorted(by_expert, key=by_number),
        }
        for number, by_expert in given.items()
    ]


def record(challenge: Challenge) -> dict[str, Any]:
    """The published scores: `challenges.scoring.ranking` over them gives the published ranking."""
    names = {one.pk: one for one in challenge.criteria.all()}
    return {
        "challenge": challenge.number,
        "drop_extremes": challenge.season.drop_extremes,
        "criteria": [
            {"position": one.position, "zh_hans": one.name_zh_hans, "en": one.name_en, "weight_bp": one.weight_bp}
            for one in names.values()
        ],
        "scores": [
            {
                "proposal": number,
                "expert": alias,
                "points": {str(names[pk].position): value for pk, value in points.items()},
            }
            for number, by_expert in scores.counted(challenge).items()
            for alias, points in by_expert.items()
        ],
        "ranking": [
            {"proposal": one.proposal, "result": one.shown, "place": one.place, "experts": one.counted}
            for one in scores.ranking(challenge)
        ],
    }
