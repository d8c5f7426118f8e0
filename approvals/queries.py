"""What can be asked about cases; views reach them only through `visible_to`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.rules import can
from approvals.lifecycle import OPEN, State
from approvals.models import Review
from foundation.core.clock import local_date
from foundation.core.refs import Ref
from foundation.core.workdays import workdays_between

MOMENT = timedelta(microseconds=1)
# key, smallest and largest number of working days left; None is open
GROUPS = (
    ("overdue", None, -1),
    ("today", 0, 0),
    ("tomorrow", 1, 1),
    ("soon", 2, 3),
    ("week", 4, 5),
    ("later", 6, None),
)


@dataclass(slots=True)
class Group:
    """One heading of the queue with its cases; the counts of all groups add up to the queue."""

    key: str
    reviews: list

    @property
    def count(self) -> int:
        return len(self.reviews)


class Reviews:
    """Cases a membership may look at; agrees with the rule `approvals.view`."""

    def visible_to(self, membership) -> QuerySet[Review]:
        """All for the province and the auditor, those of the city for its officers, none for others."""
        found = Review.objects.select_related("organization", "reviewer__user")
        if can(membership, "review_any_city") or can(membership, "audit_read"):
            return found
        if can(membership, "review") and membership.scope_city_id is not None:
            return found.filter(city_id=membership.scope_city_id)
        return found.none()

    def queue(self, membership) -> QuerySet[Review]:
        """What is open, by deadline; paused cases last."""
        return self.visible_to(membership).filter(state__in=OPEN).order_by("due_at", "pk")


reviews = Reviews()


def workdays_left(review: Review, now: datetime) -> int:
    """Working days until the last day; 0 is today, negative is overdue. `due_at` is 00:00 of the day after it."""
    if review.due_at is None:
        return review.workdays_left
    today, last_day = local_date(now), local_date(review.due_at - MOMENT)
    if now < review.due_at:
        return workdays_between(today, last_day)
    return -max(1, workdays_between(last_day, today))


def grouped(reviews, now: datetime) -> list[Group]:
    """The queue under its headings: by working days left, paused cases in a group of their own."""
    found = {key: Group(key, []) for key, _least, _most in GROUPS}
    found["paused"] = Group("paused", [])
    left: dict = {}
    for review in reviews:
        if review.state == State.CORRECTION:
            found["paused"].reviews.append(review)
            continue
        if review.due_at not in left:
            left[review.due_at] = workdays_left(review, now)
        review.days_left = left[review.due_at]
        found[_heading(review.days_left)].reviews.append(review)
    return [group for group in found.values() if group.reviews]


def _heading(days: int) -> str:
    for key, least, most in GROUPS:
        if (least is None or days >= least) and (most is None or days <= most):
            return key
    return "later"


def open_review_of(kind: str, subject) -> Review | None:
    """The open case about a subject, or None."""
    ref = Ref.of(subject)
    return Review.objects.filter(kind=kind, subject_kind=ref.kind, subject_id=ref.id, state__in=OPEN).first()


def latest_review_of(kind: str, subject) -> Review | None:
    """The last case about a subject, open or not."""
    ref = Ref.of(subject)
    return Review.objects.filter(kind=kind, subject_kind=ref.kind, subject_id=ref.id).order_by("-pk").first()
