"""The public notice of a selection (5 to 7 days), objections to it, and its confirmation."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.queries import organizations_of
from challenges.lifecycle import ChallengeState
from challenges.lifecycle_parties import AwardState, ProposalState
from challenges.models import Award, Challenge, SelectionObjection
from challenges.rules import may_propose, may_publish
from challenges.services.impartial import Concerned, require_officer_of
from challenges.services.selecting import move
from foundation import audit
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.workdays import deadline_in_workdays

MOST_LETTERS = 2000


@transaction.atomic
def give_notice(*, challenge: Challenge, actor) -> Challenge:
    """An officer publishes the winners for the season's days of public notice (5 to 7). Raises NotAllowed, ..."""
    challenge, now = lock_rows(challenge), database_now()
    require_officer_of(challenge, actor)
    until = notice_until(challenge, now)
    facts = {"until": until, "awards": [award.number for award in challenge.awards.filter(state=AwardState.NOTICED)]}
    fields = {"notice_until_at": until, "next_check_at": until}
    told: dict[str, Any] = {"actor": actor, "visibility": "public", "data": facts, "now": now}
    return audit.advance(challenge, "give_notice", set=fields, **told)


def notice_until(challenge: Challenge, now: datetime) -> datetime:
    """The end of a public notice that begins now: so many whole days in Shanghai, 5 to 7 by the season's rule."""
    return end_of_local_day(local_date(now) + timedelta(days=challenge.season.notice_days))


@transaction.atomic
def object_to(*, challenge: Challenge, reason: str, actor) -> SelectionObjection:
    """Object during the public notice; more of the same organization is added to what is not answered yet.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    if actor is None or not (may_propose(actor) or may_publish(actor)):
        raise NotAllowed()
    challenge, now = lock_rows(challenge), database_now()  # two colleagues at once: one after the other
    if not challenge.permits("object") or now >= challenge.notice_until_at:
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="object", label=label)
    if not reason.strip():
        raise Invalid(_("Say what is wrong with the selection."), field="reason")
    made = _raised(challenge, reason.strip(), actor, now)
    facts = {"objection": made.pk}
    audit.record("challenges.challenge.objected", subject=challenge, actor=actor, data=facts,
                 parties=[actor.organization_id], now=now)  # fmt: skip
    return made


def _raised(challenge: Challenge, reason: str, actor, now: datetime) -> SelectionObjection:
    """The organization's open objection, made or with the reason added to it. Raises Invalid."""
    found = SelectionObjection.objects.filter(
        challenge=challenge, organization_id=actor.organization_id, decided_at__isnull=True
    ).first()
    whole = f"{found.reason}\n\n{reason}" if found is not None and reason not in found.reason else reason
    if len(whole) > MOST_LETTERS:
        said = _("Your organization's objection is not answered yet; with this it has more than {most} characters.")
        raise Invalid(said, field="reason", most=MOST_LETTERS)
    if found is None:
        return SelectionObjection.objects.create(
            challenge=challenge,
            organization_id=actor.organization_id,
            raised_by_id=actor.user_id,
            reason=reason,
            raised_at=now,
        )
    if reason not in found.reason:
        found.reason = whole
        found.save(update_fields=["reason"])
    return found


@transaction.atomic
def decide_objection(*, objection: SelectionObjection, upheld: bool, answer: str, actor) -> SelectionObjection:
    """An officer decides; upheld, the selection is set aside and the firm selects again.

    Then whoever was chosen or rejected by it is on the shortlist again, and so is the team that objected if its
    proposal was scored; the other open objections are settled with it. Raises NotAllowed, Concerned, Invalid.
    """
    require_officer_of(objection.challenge, actor)
    if actor.user_id == objection.raised_by_id or objection.organization_id in organizations_of(actor.user_id):
        raise Concerned()
    if not answer.strip():
        raise Invalid(_("Give the reasons."), field="answer")
    challenge, objection, *_awards = lock_rows(objection.challenge, objection, *_noticed(objection.challenge))
    if objection.decided_at is not None:
        return objection
    now = database_now()
    objection.decided_by_id, objection.upheld = actor.user_id, upheld
    _answer(challenge, objection, answer.strip()[:MOST_LETTERS], actor, now)
    if upheld:
        for other in challenge.objections.filter(decided_at__isnull=True):
            _answer(challenge, other, "", SYSTEM, now)
        _reconsider(challenge, objection, answer, actor)
    return objection


def _answer(challenge: Challenge, objection: SelectionObjection, answer: str, actor, now: datetime) -> None:
    """Keep an answer and tell the organization; without ``upheld`` the objection was settled with another one."""
    objection.decided_at, objection.answer = now, answer
    objection.save()
    facts = {"objection": objection.pk, "upheld": objection.upheld}
    audit.record("challenges.challenge.objection_decided", subject=challenge, actor=actor, reason=answer, data=facts,
                 parties=[objection.organization_id], now=now)  # fmt: skip


def _noticed(challenge: Challenge) -> list[Award]:
    """The awards that the public notice is about; they are locked together with their challenge."""
    return list(challenge.awards.filter(state=AwardState.NOTICED).order_by("pk"))


def _locked(challenge: Challenge) -> Challenge:
    """The challenge, locked in one call with the awards it is about to decide on."""
    found = lock_rows(challenge, *_noticed(challenge))
    return found[0] if isinstance(found, list) else found


def _reconsider(challenge: Challenge, objection: SelectionObjection, reason: str, actor) -> None:
    for award in _noticed(challenge):
        audit.advance(lock_rows(award), "set_aside", actor=actor, reason=reason, visibility="public")
    chosen = Q(state__in=[ProposalState.WINNER, ProposalState.RESERVE])
    heard = Q(shortlisted_at__isnull=False) | Q(organization=objection.organization_id)
    for proposal in challenge.proposals.filter(chosen | Q(state=ProposalState.REJECTED) & heard):
        move(proposal, "reconsider", SYSTEM, set={"shortlisted_at": database_now()})
    cleared = {"notice_until_at": None, "next_check_at": None}
    audit.advance(challenge, "reconsider", actor=actor, reason=reason, visibility="public", set=cleared)


@transaction.atomic
def confirm_due(*, challenge: Challenge) -> bool:
    """The public notice is over and nobody objects any more: the awards stand; False if there is nothing to do."""
    challenge, now = _locked(challenge), database_now()
    if challenge.state != ChallengeState.PUBLIC_NOTICE or now < challenge.notice_until_at:
        return False
    if challenge.objections.filter(decided_at__isnull=True).exists():
        return False
    audit.advance(challenge, "confirm", actor=CLOCK, visibility="public", now=now, set={"next_check_at": None})
    sign_by = deadline_in_workdays(now, challenge.season.contract_days)
    for award in _noticed(challenge):
        told: dict[str, Any] = {"actor": CLOCK, "visibility": "public", "now": now, "data": {"sign_by": sign_by}}
        audit.advance(lock_rows(award), "confirm", set={"sign_by_at": sign_by, "next_check_at": sign_by}, **told)
    return True
