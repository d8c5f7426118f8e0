"""What experts, panels, scores and the selection answer for."""

from challenges import invariants_judging, notices_judging, panels_judging, work_judging
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _

PHRASES = {
    "challenge": {
        "panel_drawn": _("The panel of challenge {number} was drawn: {seats} of {pool} experts"),
        "reserves_used_up": _("A seat on the panel of challenge {number} is empty and no reserve is left"),
        "scored": _("The scoring of challenge {number} was closed"),
        "shortlist": _("The shortlist of challenge {number} was published: {shortlisted} of {scored} proposals"),
        "select": _("The firm selected the winners of challenge {number}"),
        "give_notice": _("The selection for challenge {number} was given public notice of until {until}"),
        "objected": _("An objection to the selection for challenge {number} was raised"),
        "objection_decided": _("The objection to the selection for challenge {number} was decided"),
        "reconsider": _("The selection for challenge {number} was set aside"),
        "confirm": _("The selection for challenge {number} is confirmed"),
        "promote": _("A reserve follows for challenge {number}; public notice until {until}: {reason}"),
    },
    "proposal": {
        "score": _("Proposal {number} was scored"),
        "shortlist": _("Proposal {number} is on the shortlist"),
        "reject": _("Proposal {number} was not chosen"),
        "win": _("Proposal {number} was selected"),
        "keep": _("Proposal {number} is kept in reserve"),
        "reconsider": _("Proposal {number} is on the shortlist again"),
        "fall_through": _("No contract came of proposal {number}"),
        "stand_down": _("Proposal {number} is in reserve no longer"),
        "talked": _("A talk or visit about proposal {number} was noted"),
    },
    "seat": {
        "invited": _("An expert was invited to the panel of challenge {challenge}"),
        "accept": _("An expert accepted a seat on the panel of challenge {challenge}"),
        "decline": _("An expert gave up a seat on the panel of challenge {challenge}"),
        "expire": _("An invitation to the panel of challenge {challenge} was not answered in time"),
        "recuse": _("An expert stepped back from the panel of challenge {challenge} for a conflict"),
        "reminded": _("An expert was reminded of the scores for challenge {challenge} before {score_by}"),
        "lapse": _("A seat on the panel of challenge {challenge} ended: not everything was scored in time"),
        "scored": _("An expert handed in the scores of proposal {proposal}"),
        "finish": _("An expert handed in all scores for challenge {challenge}"),
    },
    "award": {
        "confirm": _("Award {number} is confirmed"),
        "set_aside": _("Award {number} was set aside"),
    },
    "expert": {
        "added": _("An expert was taken into the pool"),
        "changed": _("The profile of an expert was changed"),
        "left": _("An expert was taken out of the pool"),
        "returned": _("An expert is back in the pool"),
    },
}


def install() -> None:
    """Register everything of this area."""
    for noun, table in PHRASES.items():
        for verb, template in table.items():
            audit.phrases.register(f"challenges.{noun}.{verb}", template)
    handlers.register("my_work:challenges.judging", work_judging.items_for)
    handlers.register("challenge_panels:judging", panels_judging.of_challenge)
    handlers.register("challenge_actions:judging", panels_judging.actions_of_challenge)
    handlers.register("proposal_panels:judging", panels_judging.of_proposal)
    handlers.register("season_panels:judging", panels_judging.of_season)
    notices_judging.install()
    invariants_judging.install()
