"""The reviewer's desk: what is still to be read, one proposal with what it promises, and what the others gave.

In a blind season nothing here says who proposes: no organization, no people, no titles or numbers of
patents, no names of files.
"""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Challenge, OpenedProposal, Proposal, Score, Seat
from challenges.queries import proposals
from challenges.services import scores
from foundation.core.display import money
from foundation.core.money import Money

WHOLE = 10_000
FILE_KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}


def queue(seat: Seat, membership, current: str = "") -> list[dict[str, Any]]:
    """The proposals of a seat by number, each handed in, begun or not begun."""
    rows = proposals.visible_to(membership).filter(challenge=seat.challenge_id).order_by("number")
    given: dict[int, bool] = {}
    for row in Score.objects.filter(seat=seat).values("proposal_id", "handed_in_at"):
        given[row["proposal_id"]] = row["handed_in_at"] is not None
    found = []
    for proposal in rows:
        done = given.get(proposal.pk)
        state = "done" if done else "not_started" if done is None else "in_progress"
        found.append(
            {
                "number": proposal.number,
                "state": state,
                "is_current": proposal.number == current,
                "url": reverse("challenges:seat_score", args=[seat.pk, proposal.number]),
            }
        )
    return found


def next_url(rows: list[dict[str, Any]], current: str = "") -> str:
    """The next proposal that is not handed in, after the present one and then from the top; empty when none is."""
    at = next((place for place, row in enumerate(rows) if row["number"] == current), -1)
    ordered = [*rows[at + 1 :], *rows[: max(at, 0)]]
    return next((row["url"] for row in ordered if row["state"] != "done"), "")


def read(proposal: Proposal, seat: Seat) -> dict[str, Any]:
    """One proposal as the panel reads it."""
    opened, challenge = proposal.opened, seat.challenge
    blind = challenge.season.is_blind
    content = opened.content
    return {
        "number": proposal.number,
        "blind": blind,
        "solution": content.get("solution", ""),
        "plan": content.get("plan", ""),
        "conflicts": "" if blind else content.get("conflicts", ""),
        "organization": None if blind else proposal.organization,
        "members": [] if blind else list(proposal.members.all()),
        "indicators": indicators(challenge, content),
        "milestones": [
            {**row, "amount": money(Money(row["amount_fen"]))}
            for row in content.get("milestones", [])
            if isinstance(row.get("amount_fen"), int)
        ],
        "price": Money(opened.price_fen),
        "patents": _patents(opened, blind=blind),
        "files": _files(opened, seat, blind=blind),
    }


def indicators(challenge: Challenge, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each indicator with its target and what the team promises."""
    promised = content.get("promises") or {}
    return [
        {
            "name": row.name,
            "target": f"{row.comparison} {row.target} {row.unit}".strip(),
            "must": row.must,
            "promised": promised.get(str(row.position)) or "—",
        }
        for row in challenge.indicators.all()
    ]


def _patents(opened: OpenedProposal, *, blind: bool) -> list[dict[str, Any]]:
    """The background patents; for a blind panel how many of each kind: the register tells whose a title is."""
    rows = list(opened.patents.all())
    if blind:
        counted = Counter(patent.get_kind_display() for patent in rows)
        return [{"title": kind, "kind": f"× {n}", "url": ""} for kind, n in counted.items()]
    return [
        {"title": patent.title, "kind": patent.get_kind_display(), "url": patent.get_absolute_url()} for patent in rows
    ]


def _files(opened: OpenedProposal, seat: Seat, *, blind: bool) -> list[dict[str, Any]]:
    rows = []
    for place, file in enumerate(opened.files.order_by("pk"), 1):
        kind = FILE_KINDS.get(file.content_type, "")
        name = _("Attachment %(n)d") % {"n": place} if blind else file.original_name
        url = reverse("challenges:seat_file", args=[seat.pk, opened.proposal.number, place])
        rows.append({"name": name, "url": url, "size": file.size, "kind": kind})
    return rows


def others(proposal: Proposal, seat: Seat, membership) -> dict[str, Any]:
    """What the panel gave, by alias; nothing before the own scores are in."""
    given = all_given(proposal, membership, own=seat.alias)
    return given if any(row["own"] for row in given.get("rows", [])) else {}


def all_given(proposal: Proposal, membership, own: str = "") -> dict[str, Any]:
    """Points by expert and criterion, and the comments, as far as one may see them; empty where there are none."""
    rows = proposals.scores_visible_to(membership, proposal).exclude(handed_in_at=None)
    rows = rows.select_related("seat", "criterion")
    points: dict[str, dict[int, int]] = {}
    comments: list[dict[str, str]] = []
    for row in rows.order_by("seat__pk", "criterion__position"):
        points.setdefault(row.seat.alias, {})[row.criterion_id] = row.points
        if row.comment and row.seat.alias != own:
            comments.append({"alias": row.seat.alias, "criterion": row.criterion.name, "text": row.comment})
    criteria = list(proposal.challenge.criteria.all())
    weights = {one.pk: one.weight_bp for one in criteria}
    table = [
        {
            "alias": alias,
            "own": alias == own,
            "points": [given.get(one.pk, "") for one in criteria],
            "result": scores.shown(given, weights),
        }
        for alias, given in points.items()
    ]
    return {"criteria": criteria, "rows": table, "comments": comments} if table else {}
