"""Before publication: the formal check, then the expert check, both decided at the review desk of the province."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals import queries as reviews
from approvals import services as approvals
from approvals.services.deciding import AlreadyPublished
from challenges.lifecycle import ChallengeState
from challenges.models import Challenge, Expert, ListSeason, Opinion
from challenges.services import bounty, conflicts
from challenges.services.drafting import SeasonClosed, problems, require_editor
from challenges.services.impartial import require_impartial, require_officer_of
from challenges.services.opinions import PromiseFirst
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, local_date
from foundation.core.display import enumerated
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref

FORMAL, EXPERT = "challenges.formal", "challenges.expert"
WORKDAYS = 5
RETURN, REJECT = "return", "reject"
PART_NAMES = {
    "problem": _("Problem"),
    "indicators": _("Technical indicators"),
    "payment": _("Bounty and payments"),
    "terms": _("Terms and deadline"),
    "rubric": _("How proposals are scored"),
}


class PartsMissing(DomainError):
    """Something has to be filled in first."""

    code = "parts_missing"
    message = _("Complete these parts first: {parts}.")


class OpinionMissing(DomainError):
    """No expert has said yet whether the challenge is real, testable and funded."""

    code = "opinion_missing"
    message = _("An expert's opinion is needed before this can be approved.")


@transaction.atomic
def submit(*, challenge: Challenge, actor) -> Challenge:
    """Submit a draft or its correction: its formal check is opened or continued.

    Raises PartsMissing, SeasonClosed, NotAllowed, NotPossibleNow.
    """
    review = reviews.open_review_of(FORMAL, challenge) or reviews.open_review_of(EXPERT, challenge)
    if review is not None:
        lock_rows(review)  # reviews are always locked before their subjects
    challenge = lock_rows(challenge)
    require_editor(challenge, actor)
    if challenge.state == ChallengeState.DRAFT and not challenge.season.permits("propose"):
        raise SeasonClosed(state=challenge.season.state_label)
    now = database_now()
    if wrong := problems(challenge, local_date(now)):
        raise PartsMissing(parts=enumerated(str(PART_NAMES[part]) for part in wrong))
    again = challenge.state == ChallengeState.RETURNED
    facts = {"season": challenge.season.code, "bounty": challenge.bounty, "deadline": challenge.deadline_date}
    move = "resubmit" if again else "submit"
    told: dict[str, Any] = {"actor": actor, "parties": [challenge.owner_id], "data": facts, "now": now}
    fields = {"correction_due_at": None, "check_round": challenge.check_round + 1}
    audit.advance(challenge, move, set=fields, **told)
    if again and review is not None and review.kind == FORMAL:
        approvals.resubmit(review=review, actor=actor)
    else:
        if review is not None:  # the expert check returned it: what changed begins with the formal check again
            approvals.withdraw(review=review, actor=actor)
        _open(challenge, FORMAL, actor)
    return challenge


def _open(challenge: Challenge, kind: str, actor) -> None:
    approvals.open_review(
        kind=kind,
        subject=Ref.of(challenge),
        title=challenge.title_zh_hans,
        actor=actor,
        organization=challenge.owner,
        city=None,  # lists are provincial
        workdays=WORKDAYS,
    )


@transaction.atomic
def take_back(*, challenge: Challenge, actor, reason: str = "") -> Challenge:
    """The firm takes the challenge back from the check. Raises NotAllowed, NotPossibleNow."""
    review = reviews.open_review_of(FORMAL, challenge) or reviews.open_review_of(EXPERT, challenge)
    if review is None:
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="take_back", label=label)
    approvals.withdraw(review=review, actor=actor, reason=reason)
    challenge = lock_rows(challenge)
    cleared = {"correction_due_at": None}
    told: dict[str, Any] = {"actor": actor, "reason": reason, "parties": [challenge.owner_id]}
    return audit.advance(challenge, "take_back", set=cleared, **told)


def on_formal_decided(*, review, decision, actor) -> None:
    """Pass on to the expert check, return for correction, or refuse; inside the decision's transaction."""
    challenge = lock_rows(Challenge.objects.get(pk=review.subject_id))
    require_impartial(challenge, actor)
    if not _ended(challenge, review, decision, actor):
        audit.advance(challenge, "pass_formal", actor=actor, parties=[challenge.owner_id])
        _open(challenge, EXPERT, actor)  # opened by this officer, so another one decides it


def on_expert_decided(*, review, decision, actor) -> None:
    """Approve (the number is given, the share of the bounty asked for), return or refuse.

    Who handed the challenge in does not approve it, whatever else they are. Raises OpinionMissing, NotAllowed.
    """
    challenge, season = lock_rows(*_with_season(review.subject_id))
    require_impartial(challenge, actor)
    if _ended(challenge, review, decision, actor):
        return
    formal = reviews.latest_review_of(FORMAL, challenge)
    if formal is not None and actor.user_id in formal.maker_ids:
        raise NotAllowed()
    if not challenge.opinions.filter(round=challenge.check_round, given_at__isnull=False).exists():
        raise OpinionMissing()
    challenge.number = challenge.number or _next_number(season)  # the event is to be found by it
    fields = {"number": challenge.number}
    audit.advance(challenge, "approve", actor=actor, parties=[challenge.owner_id], set=fields)
    bounty.ask_first_share(challenge=challenge)


def _with_season(pk: int) -> tuple[Challenge, ListSeason]:
    challenge = Challenge.objects.select_related("season").get(pk=pk)
    return challenge, challenge.season


def _ended(challenge: Challenge, review, decision, actor) -> bool:
    """Returned or refused."""
    told: dict[str, Any] = {
        "actor": actor,
        "reason": decision.text,
        "data": {"reasons": list(decision.reasons)},
        "parties": [challenge.owner_id],
    }
    if decision.outcome == RETURN:
        audit.advance(challenge, "return", set={"correction_due_at": review.correction_due_at}, **told)
    elif decision.outcome == REJECT:
        audit.advance(challenge, "refuse", **told)
    return decision.outcome in (RETURN, REJECT)


def _next_number(season: ListSeason) -> str:
    """The season's next number, "JSJB-2026A-0007-8". The season's row is locked: no gaps, none twice."""
    n = season.next_number
    season.next_number = n + 1
    season.save(update_fields=["next_number"])
    return numbering.with_check(f"{settings.KAIXU_PROVINCE_PREFIX}JB-{season.code}-{n:04d}")


def on_undone(*, review, actor, reason) -> None:
    """A decision that led on cannot be taken back at the desk. Raises AlreadyPublished."""
    raise AlreadyPublished()


def on_lapsed(*, review) -> None:
    """No correction came in time."""
    challenge = lock_rows(Challenge.objects.get(pk=review.subject_id))
    if challenge.state == ChallengeState.RETURNED:
        audit.advance(challenge, "lapse", actor=CLOCK, parties=[challenge.owner_id])


@transaction.atomic
def ask_opinion(*, challenge: Challenge, expert: Expert, actor) -> Opinion:
    """An officer asks an expert from outside the firm, once for what was handed in; a repeat returns the row.

    After a correction the expert can be asked again: what was said before it does not count. Raises NotAllowed,
    NotPossibleNow, Invalid.
    """
    challenge = lock_rows(challenge)
    require_officer_of(challenge, actor)
    if challenge.state not in (ChallengeState.FORMAL_CHECK, ChallengeState.EXPERT_CHECK):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="ask_opinion", label=label)
    if not expert.is_active or conflicts.declared(challenge, expert) or conflicts.found(challenge, expert):
        raise Invalid(_("This expert is not in the pool, or has a conflict of interest."), field="expert")
    facts = {"asked_by_id": actor.user_id, "asked_at": database_now()}
    asked = {"challenge": challenge, "expert": expert, "round": challenge.check_round}
    opinion, made = Opinion.objects.get_or_create(**asked, defaults=facts)
    if made:
        data = {"expert": expert.pk}
        audit.record(
            "challenges.challenge.opinion_asked", subject=challenge, actor=actor, data=data, visibility="private"
        )
    return opinion


@transaction.atomic
def give_opinion(*, opinion: Opinion, is_real: bool, is_testable: bool, is_funded: bool, text: str, actor) -> Opinion:
    """The expert answers, once, and on what was handed in last, with the promise of secrecy signed.

    Raises NotAllowed, NotPossibleNow, PromiseFirst, Invalid.
    """
    opinion = lock_rows(opinion)
    if actor is None or actor.user_id != opinion.expert.user_id:
        raise NotAllowed()
    if opinion.given_at is not None or opinion.declined_at is not None:
        raise NotPossibleNow(lifecycle="opinion", state="given", move="give", label=_("Given"))
    if opinion.round != opinion.challenge.check_round:
        state = opinion.challenge.state
        raise NotPossibleNow(lifecycle="opinion", state=state, move="give", label=opinion.challenge.state_label)
    if opinion.promised_at is None:
        raise PromiseFirst()
    if not text.strip():
        raise Invalid(_("Give your reasons."), field="text")
    opinion.is_real, opinion.is_testable, opinion.is_funded = is_real, is_testable, is_funded
    opinion.text, opinion.given_at = text.strip()[:4000], database_now()
    opinion.save()
    data = {"real": is_real, "testable": is_testable, "funded": is_funded}
    audit.record(
        "challenges.challenge.opinion_given", subject=opinion.challenge, actor=actor, data=data, visibility="private"
    )
    return opinion
