"""The six steps of a challenge: which are done, which one it is at, and their dates."""

from django.utils.translation import gettext, ngettext

from challenges.lifecycle import ChallengeState
from challenges.models import Challenge
from foundation.core.display import day, last_moment

C = ChallengeState
STEPS = (  # the states of each step after the publication
    (C.OPEN, C.NO_PROPOSAL),
    (C.CLOSED_FOR_PROPOSALS, C.REVIEWING, C.SHORTLISTED, C.SELECTED, C.NO_AWARD),
    (C.PUBLIC_NOTICE,),
    (C.CONTRACTING, C.IN_PROGRESS),
    (C.FINAL_ACCEPTANCE, C.COMPLETED),
)
ENDED = (C.NO_PROPOSAL, C.NO_AWARD, C.CANCELLED, C.FAILED, C.TERMINATED)


def track(challenge: Challenge) -> list[dict]:
    """Label, state (done, current, todo) and the date of each step. Of what has ended no step is current."""
    here = next((n for n, states in enumerate(STEPS, 1) if challenge.state in states), 0)
    if challenge.state in ENDED:
        here = _reached(challenge)
    made = []
    for n, (label, when) in enumerate(_words(challenge)):
        state = "done" if n < here or challenge.state == C.COMPLETED else "current" if n == here else "todo"
        if challenge.state in ENDED and n >= here:
            state = "todo"
        made.append({"label": label, "when": when if state != "done" or n == 0 else "", "state": state})
    return made


def _reached(challenge: Challenge) -> int:
    """How many steps were passed before it ended."""
    if challenge.state in (C.FAILED, C.TERMINATED):
        return 4
    return 3 if challenge.notice_until_at else 2 if challenge.state in (C.NO_AWARD, C.NO_PROPOSAL) else 1


def _words(challenge: Challenge) -> list[tuple[str, str]]:
    season, payments = challenge.season, list(challenge.payments.all())
    months = payments[-1].months if payments else 0
    opening = day(challenge.opening_planned_at or challenge.closes_at)
    notice = (
        gettext("until %(moment)s") % {"moment": last_moment(challenge.notice_until_at, zone=False)}
        if challenge.notice_until_at
        else ngettext("%(n)d day", "%(n)d days", season.notice_days) % {"n": season.notice_days}
    )
    return [
        (gettext("Published in the list"), day(challenge.published_at)),
        (gettext("Collecting proposals"),
         gettext("until %(moment)s") % {"moment": last_moment(challenge.closes_at, zone=False)}),
        (gettext("Opening and review"), gettext("from %(day)s") % {"day": opening}),
        (gettext("Public notice"), notice),
        (gettext("Contract and work"),
         gettext("contract within %(n)d working days") % {"n": season.contract_days}),
        (gettext("Acceptance and payment"),
         ngettext("about %(n)d month of work", "about %(n)d months of work", months) % {"n": months}),
    ]  # fmt: skip
