"""Opening a case, and what its opener can do with it afterwards."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.lifecycle import OPEN, State
from approvals.models import Review
from foundation import audit
from foundation.core import handlers, numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from foundation.core.workdays import deadline_in_workdays


class ReviewOpen(DomainError):
    """There is an open case about the same thing."""

    code = "review_open"
    message = _("This is already waiting for a decision.")


class NoReview(DomainError):
    """There is no case to continue."""

    code = "no_review"
    message = _("There is no open case about this.")


@transaction.atomic
def open_review(*, kind: str, subject: Ref, title: str, actor, organization, city=None, workdays: int = 5) -> Review:
    """Ask the administration to decide about a subject within a number of working days.

    Raises ReviewOpen when a case about it is open already.
    """
    if Review.objects.filter(kind=kind, subject_kind=subject.kind, subject_id=subject.id, state__in=OPEN).exists():
        raise ReviewOpen()
    now = database_now()
    review = Review.objects.create(
        number=numbering.allocate("review", local_date(now).year),
        kind=kind,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_number=subject.number,
        title=title[:500],
        opener_user_id=actor.user_id,
        organization=organization,
        city=city,
        opened_at=now,
        workdays=workdays,
        due_at=deadline_in_workdays(now, workdays),
    )
    audit.record(
        "approvals.review.opened",
        subject=review,
        actor=actor,
        data={"kind": kind, "about": subject.number},
        parties=[organization],
        now=now,
    )
    return review


def open_of(kind: str, subject: Ref) -> Review:
    """The open case about a subject. Raises NoReview."""
    review = Review.objects.filter(kind=kind, subject_kind=subject.kind, subject_id=subject.id, state__in=OPEN).first()
    if review is None:
        raise NoReview()
    return review


@transaction.atomic
def resubmit(*, review: Review, actor, subject: Ref | None = None) -> Review:
    """Bring a returned case back into the queue; its clock goes on where it was stopped.

    ``subject`` names the corrected version where it is a new object. Keeps the reviewer, who sees it first.
    """
    review = lock_rows(review)
    now = database_now()
    fields = {
        "due_at": deadline_in_workdays(now, max(1, review.workdays_left)),
        "correction_due_at": None,
        "submitter_user_id": actor.user_id,
    }
    if subject is not None:
        fields |= {"subject_id": subject.id, "subject_number": subject.number}
    return audit.advance(review, "resubmit", actor=actor, parties=[review.organization_id], set=fields, now=now)


@transaction.atomic
def withdraw(*, review: Review, actor, reason: str = "") -> Review:
    """Take a case back; also one that is approved but whose owner has not acted on it yet.

    The caller undoes its own part in the same transaction.
    """
    review = lock_rows(review)
    move = "withdraw_approved" if review.state == State.DECIDED else "withdraw"
    return audit.advance(
        review, move, actor=actor, reason=reason, parties=[review.organization_id], set={"due_at": None}
    )


def tell_owner(event: str, review: Review, **arguments) -> None:
    """Call the owner of the subject, where it registered for this moment ("claimed", "released", ...)."""
    key = f"review.{event}:{review.kind}"
    if handlers.has(key):
        handlers.call(key, review=review, **arguments)
