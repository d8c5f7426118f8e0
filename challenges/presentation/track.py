"""The six steps of a challenge: which are done, which one it is at, and their dates."""

from django.utils.translation import gettext, ngettext

from challenges.lifecycle import ChallengeState
from challenges.models import Challenge, Payout
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
        made.append({"label": label, "when": when, "state": state})
    return made


def _reached(challenge: Challenge) -> int:
    """How many steps were passed before it ended."""
    if challenge.state in (C.FAILED, C.TERMINATED):
        return 4
    return 3 if challenge.notice_until_at else 2 if challenge.state in (C.NO_AWARD, C.NO_PROPOSAL) else 1


def _words(challenge: Challenge) -> list[tuple[str, str]]:
    season = challenge.season
    notice = (
        gettext("until %(moment)s") % {"moment": last_moment(challenge.notice_until_at, zone=False)}
        if challenge.notice_until_at
        else ngettext("%(n)d day", "%(n)d days", season.notice_days) % {"n": season.notice_days}
    )
    return [
        (gettext("Published in the list"), day(challenge.published_at)),
        (gettext("Collecting proposals"),
         gettext("until %(moment)s") % {"moment": last_moment(challenge.closes_at, zone=False)}),
        (gettext("Opening and review"), _opening(challenge)),
        (gettext("Public notice"), notice),
        (gettext("Contract and work"), _contract(challenge)),
        (gettext("Acceptance and payment"), _acceptance(challenge)),
    ]  # fmt: skip


def _opening(challenge: Challenge) -> str:
    """When the proposals were opened, or are to be."""
    opened = challenge.openings.filter(finished_at__isnull=False).first() if not challenge.is_sealed else None
    if opened is not None:
        return gettext("opened on %(day)s") % {"day": day(opened.finished_at)}
    return gettext("from %(day)s") % {"day": day(challenge.opening_planned_at or challenge.closes_at)}


def _contract(challenge: Challenge) -> str:
    """When both had signed, or how long they have."""
    signed = [award for award in challenge.awards.all() if award.owner_signed_at and award.solver_signed_at]
    if signed:
        at = min(max(award.owner_signed_at, award.solver_signed_at) for award in signed)
        return gettext("signed on %(day)s") % {"day": day(at)}
    return gettext("contract within %(n)d working days") % {"n": challenge.season.contract_days}


def _acceptance(challenge: Challenge) -> str:
    """When the last milestone was paid, or how long the work takes."""
    paid = Payout.objects.filter(milestone__award__challenge=challenge).order_by("paid_at").last()
    if paid is not None and challenge.state == C.COMPLETED:
        return gettext("last payment on %(day)s") % {"day": day(paid.paid_at)}
    payments = list(challenge.payments.all())
    months = payments[-1].months if payments else 0
    return ngettext("about %(n)d month of work", "about %(n)d months of work", months) % {"n": months}
