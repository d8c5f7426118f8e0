"""What an expert does with a seat: accept and name whom they must not judge, give it up, step back for a conflict."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Conflict, Expert, Proposal, Seat
from challenges.rules import is_officer
from challenges.services import conflicts, experts, panels
from challenges.services.impartial import require_impartial, require_officer_of
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotPossibleNow, NotVisible
from foundation.core.locking import lock_rows
from foundation.core.workdays import deadline_in_workdays

SCORE_WORKDAYS = 10  # to score everything, from the acceptance on


def require_own(seat: Seat, actor) -> None:
    """Raises NotVisible: nobody learns who else sits."""
    if actor is None or not actor.is_active or actor.user_id != seat.expert.user_id:
        raise NotVisible()


@transaction.atomic
def accept(*, seat: Seat, actor, coauthors: Iterable[str] = ()) -> Seat:
    """Accept, promise secrecy and declare no conflict beyond those named.

    ``coauthors`` are people the expert must not judge; they join the profile and are compared with the teams. Where a
    name meets one, the seat is given up at once and a reserve invited: the expert does not learn which proposal it is
    and who proposes. Raises NotVisible, NotPossibleNow.
    """
    require_own(seat, actor)
    challenge, seat = lock_rows(seat.challenge, seat)
    now = database_now()
    expert = experts.name_coauthors(expert=seat.expert, names=coauthors)
    if rows := conflicts.found(challenge, expert):
        proposal, kind = rows[0]
        _note(challenge, expert, proposal, kind, "")
        return _step_back(challenge, seat, str(_("Found by comparing names")), actor)
    by = deadline_in_workdays(now, SCORE_WORKDAYS)
    fields, facts = {"declared_at": now, "score_by_at": by}, {"challenge": challenge.number, "score_by": by}
    return audit.advance(seat, "accept", actor=actor, set=fields, visibility="private", now=now, data=facts)


@transaction.atomic
def decline(*, seat: Seat, actor, reason: str = "") -> Seat:
    """Give the seat up before or after accepting it; an officer does it, with a reason, for an expert who is silent.

    A reserve is invited; scores given so far do not count. Raises NotVisible, NotPossibleNow, Invalid.
    """
    if not is_officer(actor):
        require_own(seat, actor)
    else:
        require_impartial(seat.challenge, actor)
        if not reason.strip():
            raise Invalid(_("Say why the seat is taken back."), field="reason")
    challenge, seat = lock_rows(seat.challenge, seat)
    now, facts = database_now(), {"challenge": challenge.number}
    audit.advance(seat, "decline", actor=actor, reason=reason, visibility="private", now=now, data=facts)
    panels.replace(challenge, seat, now)
    return seat


@transaction.atomic
def recuse(*, seat: Seat, reason: str, actor, proposal: Proposal | None = None) -> Seat:
    """A conflict came to light: the seat is given up, its scores no longer count, a reserve is invited.

    Also after the last score, until the scoring is closed. From then on the expert sees nothing of the proposal, or
    without one nothing of the challenge's proposals. Raises NotAllowed, NotVisible, NotPossibleNow, Invalid.
    """
    own = actor is not None and actor.user_id == seat.expert.user_id
    if not own:
        require_officer_of(seat.challenge, actor)
    if not reason.strip():
        raise Invalid(_("Say what the conflict is."), field="reason")
    challenge, seat = lock_rows(seat.challenge, seat)
    if not panels.is_scoring(challenge):
        raise NotPossibleNow(lifecycle="panel seat", state=seat.state, move="recuse", label=seat.state_label)
    kind = Conflict.Kind.DECLARED if own else Conflict.Kind.OFFICE
    _note(challenge, seat.expert, proposal, kind, reason)
    return _step_back(challenge, seat, reason, actor)


def _note(challenge: Challenge, expert: Expert, proposal: Proposal | None, kind: str, reason: str) -> None:
    Conflict.objects.get_or_create(
        expert=expert, challenge=challenge, proposal=proposal, kind=kind, defaults={"reason": reason[:500]}
    )


def _step_back(challenge: Challenge, seat: Seat, reason: str, actor) -> Seat:
    now, facts = database_now(), {"challenge": challenge.number}
    audit.advance(seat, "recuse", actor=actor, reason=reason, visibility="private", now=now, data=facts)
    panels.replace(challenge, seat, now)
    return seat
