"""What the page of a milestone shows."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Deliverable, Milestone
from challenges.services.contracting import OWNER, SOLVER, side_of
from challenges.services.overdue import may_fail_from
from foundation.core.display import day
from foundation.core.money import in_capitals


def facts(milestone: Milestone) -> list[dict[str, Any]]:
    """What is due, when, for how much."""
    award = milestone.award
    rework = {"used": milestone.reworks, "most": award.challenge.season.rework_times}
    return [
        {"label": _("Deliverable"), "value": milestone.deliverable},
        {"label": _("Due"), "value": day(milestone.due_date)},
        {"label": _("Amount"), "value": str(milestone.amount), "number": True, "note": in_capitals(milestone.amount)},
        {"label": _("Rework"), "value": _("%(used)d of at most %(most)d") % rework},
        {"label": _("Contract"), "value": award.number, "number": True, "url": award.get_absolute_url()},
    ]


def actions(milestone: Milestone, membership: Any, now: Any) -> list[dict[str, Any]]:
    """What this member can do now; the first one is the step to take."""
    found, side = [], side_of(milestone.award, membership)
    args = [milestone.award.number, milestone.position]

    def add(label: str, route: str, tone: str = "") -> None:
        found.append({"label": label, "url": reverse(f"challenges:{route}", args=args), "tone": tone})

    if side == SOLVER and milestone.permits("deliver"):
        add(_("Hand in"), "milestone_hand_in", "primary")
    if side == OWNER and milestone.permits("measure"):
        add(_("Measure and decide"), "milestone_decide", "primary")
    elif side == OWNER and milestone.permits("decide"):
        add(_("Begin the acceptance"), "milestone_begin", "primary")
    possible = may_fail_from(milestone)
    if side == OWNER and possible is not None and now >= possible:
        add(_("Find it not met"), "milestone_fail", "danger")
    return found


def rounds(deliverables: Any) -> list[dict[str, Any]]:
    """Everything that was handed in with its decision, the latest first."""
    return [_round(one) for one in deliverables]


def _round(deliverable: Deliverable) -> dict[str, Any]:
    decision = getattr(deliverable, "acceptance", None)
    return {
        "deliverable": deliverable,
        "files": file_rows_of(deliverable),
        "decision": decision,
        "measured": list(decision.measurements.all()) if decision else [],
    }


def file_rows_of(deliverable: Deliverable) -> list[dict[str, Any]]:
    """The files handed in, as the file list shows them."""
    return [
        {"name": file.original_name, "url": reverse("documents:file", args=[file.pk]), "size": file.size,
         "sha256": file.sha256}
        for file in deliverable.files.all()
    ]  # fmt: skip
