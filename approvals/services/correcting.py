"""Remarks by field, and the deadline for a correction."""

from django.db import transaction

from approvals.lifecycle import State
from approvals.models import Correction, Review
from approvals.services.opening import tell_owner
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text

COMMENT_LIMIT = 500
FIELD_LIMIT = 60


@transaction.atomic
def remark(*, review: Review, field: str, comment: str, actor, label: str = "") -> Correction:
    """Note what is wrong with a field; the opener reads it when the case is returned. A second remark replaces it."""
    review = _claimed(review, actor)
    field = clean_text(field, FIELD_LIMIT)
    comment = clean_text(comment, COMMENT_LIMIT, multiline=True)
    if not comment or not field:
        raise Invalid(field="comment")
    remark, _made = Correction.objects.update_or_create(
        review=review,
        field=field,
        decision=None,
        defaults={
            "comment": comment,
            "label": label[:200],
            "written_by_id": actor.user_id,
            "written_at": database_now(),
        },
    )
    return remark


@transaction.atomic
def remove_remark(*, review: Review, field: str, actor) -> None:
    """Take an unsent remark away."""
    review = _claimed(review, actor)
    Correction.objects.filter(review=review, field=field, decision=None).delete()


def _claimed(review: Review, actor) -> Review:
    review = lock_rows(review)
    if not review.permits("comment"):
        raise NotPossibleNow(lifecycle="review", state=review.state, move="comment", label=review.state_label)
    if review.reviewer_id != actor.pk:
        raise NotAllowed()
    return review


@transaction.atomic
def lapse(*, review: Review) -> bool:
    """A case whose correction did not come in time ends; the owner lets its subject end too. False if not due."""
    review = lock_rows(review)
    now = database_now()
    if review.state != State.CORRECTION or now < review.correction_due_at:
        return False
    audit.advance(review, "lapse", actor=CLOCK, parties=[review.organization_id], now=now)
    tell_owner("lapsed", review)
    return True


def lapse_due(*, limit: int = 200) -> int:
    """Let every case lapse whose correction deadline passed; how many did. Safe to run at any time."""
    due = Review.objects.filter(state=State.CORRECTION, correction_due_at__lte=database_now())
    return sum(lapse(review=review) for review in due.order_by("pk")[:limit])
