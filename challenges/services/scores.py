"""The reviewer's desk: points for each criterion, kept while one types, handed in once for each proposal.

What others gave is hidden until the own scores for that proposal are in.
"""

import zlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges import scoring
from challenges.lifecycle_parties import JUDGED, READING, ProposalState, SeatState
from challenges.models import Challenge, Criterion, Proposal, Score, Seat
from challenges.services.impartial import require_officer_of
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, InvalidMany, NotPossibleNow, NotVisible
from foundation.core.locking import lock_rows

HIGHEST = 100
LEAST_EXPERTS = 3
VERSIONS = 10**9  # pages send a version of nine digits at most
Given = Mapping[int, tuple[int | None, str]]


class PanelIncomplete(DomainError):
    """Fewer than three experts handed in all their scores, or somebody still scores."""

    code = "panel_incomplete"
    message = _("The panel is not done: {done} of {seats} experts handed in everything; at least {least} must.")


class ScoresStale(DomainError):
    """Another tab or device saved other points in the meantime."""

    code = "scores_stale"
    message = _(
        "Other points were saved elsewhere in the meantime. They stand above what you typed: decide which count."
    )


def require_seat(seat: Seat, proposal: Proposal, actor) -> None:
    """Raises NotVisible: whoever may not read a proposal does not learn that it is there; NotPossibleNow."""
    mine = actor is not None and actor.is_active and actor.user_id == seat.expert.user_id
    if not mine or seat.state not in READING or proposal.challenge_id != seat.challenge_id:
        raise NotVisible()
    if proposal.conflicts.filter(expert=seat.expert_id).exists() or proposal.state not in JUDGED:
        raise NotVisible()
    for one in (seat, proposal):
        if not one.permits("score"):
            raise NotPossibleNow(lifecycle="score", state=one.state, move="edit", label=one.state_label)


def _require_not_handed_in(seat: Seat, proposal: Proposal) -> None:
    if Score.objects.filter(seat=seat, proposal=proposal, handed_in_at__isnull=False).exists():
        raise NotPossibleNow(lifecycle="score", state="handed_in", move="edit", label=_("Handed in"))


def _require_version(seat: Seat, proposal: Proposal, given: Given | None, version: int | None) -> None:
    """The same points sent from two places do not contradict each other. Raises ScoresStale."""
    rows = kept(seat, proposal)
    same = {pk: (row.points, row.comment) for pk, row in rows.items()} == {
        pk: (points, comment.strip()) for pk, (points, comment) in (given or {}).items()
    }
    if version is not None and version != version_of(rows) and not same:
        raise ScoresStale()


def kept(seat: Seat, proposal: Proposal) -> dict[int, Score]:
    """{criterion id: what this seat gave so far}."""
    return {row.criterion_id: row for row in Score.objects.filter(seat=seat, proposal=proposal)}


def version_of(rows: Mapping[int, Score]) -> int:
    """A number that changes with what is kept; 0 while nothing is."""
    facts = [(pk, row.points, row.comment) for pk, row in sorted(rows.items())]
    return zlib.crc32(repr(facts).encode()) % VERSIONS if facts else 0


@transaction.atomic
def save(*, seat: Seat, proposal: Proposal, given: Given, actor, version: int | None = None) -> int:
    """Keep points and comments so far: {criterion id: (points 0 to 100 or None, comment)}; the new version.

    ``version``: what the page was made from. Raises NotVisible, NotPossibleNow (handed in), InvalidMany, ScoresStale.
    """
    seat = lock_rows(seat)
    require_seat(seat, proposal, actor)
    _require_not_handed_in(seat, proposal)
    _require_version(seat, proposal, given, version)
    _keep(seat, proposal, given)
    return version_of(kept(seat, proposal))


def _keep(seat: Seat, proposal: Proposal, given: Given) -> None:
    """Raises InvalidMany."""
    criteria = {criterion.pk: criterion for criterion in seat.challenge.criteria.all()}
    wrong = {
        f"points_{pk}": _("Enter a whole number from 0 to 100.")
        for pk, (points, _comment) in given.items()
        if pk in criteria and points is not None and not 0 <= points <= HIGHEST
    }
    if wrong:
        raise InvalidMany({name: str(said) for name, said in wrong.items()})
    for pk, (points, comment) in given.items():
        if pk in criteria:
            values = {"points": points, "comment": comment.strip()[:2000]}
            Score.objects.update_or_create(seat=seat, proposal=proposal, criterion=criteria[pk], defaults=values)


@transaction.atomic
def hand_in(*, seat: Seat, proposal: Proposal, actor, given: Given | None = None, version: int | None = None) -> Seat:
    """Hand in the scores of one proposal: all criteria with points; from then on nothing changes.

    ``given`` is kept first; ``version``: what the page was made from. With the last proposal the seat is done. Raises
    NotVisible, NotPossibleNow, InvalidMany, ScoresStale.
    """
    challenge, seat = lock_rows(seat.challenge, seat)
    require_seat(seat, proposal, actor)
    _require_not_handed_in(seat, proposal)
    _require_version(seat, proposal, given, version)
    if given is not None:
        _keep(seat, proposal, given)
    rows = kept(seat, proposal)
    missing = [one.pk for one in challenge.criteria.all() if one.pk not in rows or rows[one.pk].points is None]
    if missing:
        raise InvalidMany({f"points_{pk}": str(_("Give points for this criterion.")) for pk in missing})
    now = database_now()
    Score.objects.filter(seat=seat, proposal=proposal).update(handed_in_at=now)
    facts = {"proposal": proposal.number, "challenge": challenge.number}
    audit.record("challenges.seat.scored", subject=seat, actor=actor, data=facts, visibility="private", now=now)
    if not waiting_for(seat):
        facts = {"challenge": challenge.number}
        audit.advance(seat, "finish", actor=actor, visibility="private", now=now, data=facts)
    return seat


def to_score(challenge: Challenge) -> Any:
    """The proposals a panel scores, by number."""
    return challenge.proposals.filter(state=ProposalState.ELIGIBLE).order_by("number")


def readable(seat: Seat) -> list[Proposal]:
    """The proposals this seat scores, by number: all but those the expert has a conflict with."""
    conflicted = seat.expert.conflicts.filter(challenge=seat.challenge_id).values("proposal_id")
    return list(to_score(seat.challenge).exclude(pk__in=conflicted.exclude(proposal_id=None)))


def waiting_for(seat: Seat) -> list[Proposal]:
    """The proposals whose scores this seat has not handed in, by number."""
    rows = Score.objects.filter(seat=seat, handed_in_at__isnull=False)
    done = set(rows.values_list("proposal_id", flat=True))
    return [one for one in readable(seat) if one.pk not in done]


def counted(challenge: Challenge) -> dict[str, dict[str, dict[int, int]]]:
    """{proposal number: {expert alias: {criterion id: points}}} of the seats that are done."""
    found: dict[str, dict[str, dict[int, int]]] = {}
    rows = Score.objects.filter(
        seat__challenge=challenge, seat__state=SeatState.DONE, handed_in_at__isnull=False
    ).select_related("seat", "proposal")
    for row in rows.order_by("proposal__number", "seat__alias", "criterion_id"):
        by_expert = found.setdefault(row.proposal.number, {})
        by_expert.setdefault(row.seat.alias, {})[row.criterion_id] = row.points
    return found


def weights(challenge: Challenge) -> dict[int, int]:
    """{criterion id: basis points}."""
    return dict(Criterion.objects.filter(challenge=challenge).values_list("pk", "weight_bp"))


def shown(points: Mapping[int, int], by_weight: Mapping[int, int]) -> str:
    """One expert's result for one proposal, with two decimals; empty while points are missing."""
    if set(points) != set(by_weight):
        return ""
    return scoring.two_decimals(scoring.weighted(points, by_weight))


def ranking(challenge: Challenge) -> list[scoring.Ranked]:
    """The ranking as it follows from the scores that are in."""
    season = challenge.season
    return scoring.ranking(counted(challenge), weights(challenge), drop_extremes=season.drop_extremes)


@transaction.atomic
def close_scoring(*, challenge: Challenge, actor) -> list[scoring.Ranked]:
    """An officer ends the scoring: at least three experts are done and nobody who accepted still scores.

    Raises NotAllowed, NotPossibleNow, PanelIncomplete.
    """
    challenge = lock_rows(challenge)
    if not challenge.permits("score"):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="close_scoring", label=label)
    require_officer_of(challenge, actor)
    seats = list(challenge.seats.all())
    done = [seat for seat in seats if seat.state == SeatState.DONE]
    open_seats = [seat for seat in seats if seat.state in (SeatState.ACCEPTED, SeatState.INVITED)]
    if len(done) < LEAST_EXPERTS or open_seats:
        raise PanelIncomplete(done=len(done), seats=len(done) + len(open_seats), least=LEAST_EXPERTS)
    ranked = ranking(challenge)
    for proposal in to_score(challenge):
        parties = [proposal.organization_id]
        audit.advance(lock_rows(proposal), "score", actor=SYSTEM, parties=parties, visibility="private")
    facts = {"ranking": [{"proposal": one.proposal, "result": one.shown, "place": one.place} for one in ranked]}
    audit.record("challenges.challenge.scored", subject=challenge, actor=actor, data=facts, visibility="private")
    return ranked
