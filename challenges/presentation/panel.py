"""How a panel is shown to officers: seats with their progress, draws with their replay, what comes next."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges import drawing
from challenges.lifecycle_parties import SITTING, ProposalState, SeatState
from challenges.models import Challenge, Conflict, Draw, Expert, Seat
from challenges.queries import judging
from challenges.rules import is_officer
from challenges.services import panels, scores
from challenges.services.conflicts import OTHER_FIELD
from challenges.services.impartial import Concerned, is_concerned
from foundation.core.display import last_moment, moment

T = SeatState


def proposals(challenge: Challenge) -> list[Any]:
    """All opened proposals by number."""
    rows = challenge.proposals.exclude(number=None).select_related("organization")
    return list(rows.order_by("number"))


def seats(challenge: Challenge, membership) -> list[dict[str, Any]]:
    """Each seat with how many proposals it handed in; points are shown to nobody here."""
    done = Count("scores__proposal", filter=Q(scores__handed_in_at__isnull=False), distinct=True)
    rows = judging.seats_visible_to(membership).filter(challenge=challenge).annotate(handed_in=done)
    scoring = panels.is_scoring(challenge)
    total = challenge.proposals.filter(scores__isnull=False).distinct().count() or scores.to_score(challenge).count()
    officer = is_officer(membership) and not is_concerned(challenge, membership)
    return [
        {
            "seat": seat,
            "expert": seat.expert,
            "done": seat.handed_in,
            "total": total,
            "due": {T.INVITED: seat.answer_by_at, T.ACCEPTED: seat.score_by_at}.get(SeatState(seat.state)),
            "takes_back": officer and seat.state in (T.INVITED, T.ACCEPTED),
            "may_end": officer and scoring and seat.state in SITTING,
        }
        for seat in rows.order_by("pk")
    ]


def seat_facts(seat: Seat) -> list[dict[str, Any]]:
    """Whose seat it is."""
    return [
        {"label": _("Expert"), "value": f"{seat.alias} · {seat.expert.user.name} · {seat.expert.unit_name}"},
        {"label": _("State"), "value": _(seat.state_label)},
    ]


def draws(challenge: Challenge, membership) -> list[dict[str, Any]]:
    """Each draw with whether its replay gives the same experts."""
    rows = judging.draws_visible_to(membership).filter(challenge=challenge).order_by("pk")
    return [{"draw": one, "agrees": panels.replay(one) == one.drawn} for one in rows]


def replayed(draw: Draw) -> dict[str, Any]:
    """The draw step by step: every eligible expert in the order of the seed, and what became of them."""
    experts = {
        one.pk: one
        for one in Expert.objects.filter(pk__in=[*draw.eligible, *map(int, draw.excluded)]).select_related("user")
    }
    again = panels.replay(draw)
    order = drawing.order(draw.seed, draw.eligible)
    rows = [
        {
            "place": place,
            "expert": experts.get(pk),
            "pk": pk,
            "digest": drawing.digest(draw.seed, pk)[:16],
            "outside": pk in draw.outside,
            "seat": again.index(pk) + 1 if pk in again[: draw.size] else None,
            "reserve": again.index(pk) - draw.size + 1 if pk in again[draw.size :] else None,
        }
        for place, pk in enumerate(order, 1)
    ]
    excluded = [
        {"expert": experts.get(int(pk)), "pk": pk, "why": reason_of(kind)} for pk, kind in draw.excluded.items()
    ]
    facts = [
        {"label": _("Seed"), "value": draw.seed, "number": True},
        {"label": _("Drawn at"), "value": f"{moment(draw.drawn_at)} · {draw.drawn_by.name}"},
        {"label": _("Seats"), "value": str(draw.size)},
        {"label": _("Reserves"), "value": str(draw.reserves)},
    ]
    return {"rows": rows, "excluded": excluded, "agrees": again == draw.drawn, "facts": facts}


def reason_of(kind: str) -> str:
    """Why somebody was not drawn from."""
    return _("Works in another field") if kind == OTHER_FIELD else str(Conflict.Kind(kind).label)


def rules_of_draw(challenge: Challenge) -> list[dict[str, Any]]:
    """What the season fixes."""
    season = challenge.season
    outside = drawing.least_outside(season.panel_size)
    return [
        {
            "label": _("Seats"),
            "value": _("%(n)d, at least %(m)d from outside") % {"n": season.panel_size, "m": outside},
        },
        {"label": _("Reserves"), "value": str(season.reserve_experts)},
        {"label": _("Answer within"), "value": _("%(n)d working days") % {"n": season.invitation_days}},
        {"label": _("Blind"), "value": _("yes") if season.is_blind else _("no")},
    ]


def _is_kept_out(challenge: Challenge, membership) -> bool:
    """An officer who has a stake in the challenge."""
    return is_officer(membership) and is_concerned(challenge, membership)


def missing_seats(challenge: Challenge) -> int:
    """Seats that nobody sits on."""
    return challenge.season.panel_size - sum(seat.state in SITTING for seat in challenge.seats.all())


def next_step(challenge: Challenge, membership) -> str:
    """What is to be done now, and by whom: the first sentence whose case holds; empty after the shortlist."""
    if _is_kept_out(challenge, membership):
        return str(Concerned.message)
    if not challenge.permits("draw"):
        return ""
    states = set(challenge.proposals.values_list("state", flat=True))
    found = list(challenge.seats.all())
    held, missing = {seat.state for seat in found}, missing_seats(challenge)
    due = max((seat.score_by_at for seat in found if seat.state == T.ACCEPTED), default=None)
    cases = [
        (ProposalState.OPENED in states, _("Check the eligibility of every proposal.")),
        (ProposalState.SCORED in states, _("The firm publishes the shortlist.")),
        (ProposalState.ELIGIBLE not in states, _("No proposal is eligible: the firm awards nobody.")),
        (not held.intersection(SITTING), _("Draw the panel.")),
        (missing, _("%(n)d seats are not taken and no reserve is left: draw again.") % {"n": missing}),
        (T.INVITED in held, _("Experts answer their invitations.")),
        (due, _("Experts score until %(day)s.") % {"day": last_moment(due, zone=False) if due else ""}),
    ]
    return next((said for holds, said in cases if holds), _("All scores are in: close the scoring."))


def may_close(challenge: Challenge) -> bool:
    """Whether three experts are done and nobody scores any more."""
    states = [seat.state for seat in challenge.seats.all()]
    return states.count(T.DONE) >= scores.LEAST_EXPERTS and T.INVITED not in states and T.ACCEPTED not in states


def actions(challenge: Challenge, membership) -> list[dict[str, Any]]:
    """What an officer can do now; the first is the step to take."""
    found: list[dict[str, Any]] = []
    if not is_officer(membership) or _is_kept_out(challenge, membership):
        return found

    def add(label: str, route: str, tone: str, *more: str) -> None:
        url = reverse(f"challenges:{route}", args=[challenge.number, *more])
        found.append({"label": label, "url": url, "tone": tone})

    states = set(challenge.proposals.values_list("state", flat=True))
    ready = challenge.permits("draw") and ProposalState.ELIGIBLE in states and ProposalState.OPENED not in states
    if ready and missing_seats(challenge) == challenge.season.panel_size:
        add(_("Draw the panel"), "panel_draw", "primary", "new")
    elif ready and missing_seats(challenge):
        add(_("Draw the missing seats"), "panel_draw", "primary", "again")
    if ready and may_close(challenge):
        add(_("Close the scoring"), "scoring_close", "primary" if not missing_seats(challenge) else "")
    if judging.to_notice(membership).filter(pk=challenge.pk).exists():
        add(_("Give public notice"), "notice_give", "primary")
    if judging.rankings_visible_to(membership).filter(pk=challenge.pk).exists():
        add(_("Ranking and scores"), "ranking", "")
    return found
