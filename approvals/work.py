"""What waits on the review desk."""

from django.utils.translation import gettext

from accounts.rules import can
from approvals import queries
from approvals.presentation import KINDS
from foundation.core.work import WorkItem

SHOWN = 30


def items_for(membership) -> list[WorkItem]:
    """The claimed and waiting cases of an officer, by deadline."""
    if not can(membership, "review"):
        return []
    rows = queries.reviews.queue(membership).exclude(state="correction").exclude(opener_user_id=membership.user_id)
    return [
        WorkItem(
            kind=gettext("Review: %(kind)s") % {"kind": KINDS.get(review.kind, review.kind)},
            title=review.title,
            detail=f"{review.subject_number or review.number} · {review.organization.display_name}",
            url=review.get_absolute_url(),
            due_at=review.due_at,
            action=gettext("Decide") if review.state == "claimed" else gettext("Review"),
        )
        for review in rows[:SHOWN]
    ]
