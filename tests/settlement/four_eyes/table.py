"""What an act of two persons is made of, and how it is tried."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Membership
from accounts.roles import ROLES
from approvals import services as approvals
from approvals.models import Review
from tests.factories.accounts import AdministrationFactory, CityFactory, member, officer


@dataclass(frozen=True)
class Scene:
    """What waits for a second person: the object, everybody who had a part in it, and the case about it, if any."""

    subject: Any
    makers: tuple
    review: Review | None = None
    also: tuple = ()  # further organizations in which the maker might have a seat


@dataclass(frozen=True)
class Act:
    """One act that needs two persons.

    ``make`` builds a scene, ``attempt(scene, membership)`` is the service of the second person and ``second(scene)``
    somebody who may. ``raw`` are attempts in SQL, each with a part of its refusal; {pk}, {maker} and {other} are the
    object's id, the first maker's user and another user's. ``kind`` is the kind of the case.
    """

    name: str
    make: Callable[[Any], Scene]
    raw: tuple = ()
    kind: str = ""
    attempt: Callable[[Scene, Any], Any] = field(default_factory=lambda: decide)
    second: Callable[[Scene], Any] = field(default=lambda scene: officer())

    def __str__(self) -> str:
        return self.name


def decide(scene: Scene, actor: Any) -> Any:
    """Claim the case and approve it."""
    review = approvals.claim(review=scene.review, actor=actor)
    return approvals.decide(review=review, outcome="approve", actor=actor)


def seats(scene: Scene, maker: Membership, role: str) -> list[Membership]:
    """The maker in a role: in the own organization and in those concerned where the role fits them, else elsewhere."""
    kinds = ROLES[role].kinds
    if kinds == {"administration"}:
        return [_seat(maker, role, AdministrationFactory())]
    fitting = [one for one in (maker.organization, *scene.also) if one.kind in kinds]
    return [_seat(maker, role, one) for one in fitting] or [member(role, user=maker.user)]


def _seat(maker: Membership, role: str, organization: Any) -> Membership:
    found = Membership.objects.filter(user=maker.user, organization=organization).first()
    if found is None:
        return member(role, user=maker.user, organization=organization)
    found.role, found.city = role, CityFactory() if ROLES[role].city_scoped else None
    found.save(update_fields=["role", "city"])
    return found


DESK = (
    (
        "INSERT INTO approvals_decision (review_id, outcome, reasons, text, maker_id, maker_role, opener_id, made_at) "
        "VALUES ({review}, 'approve', '{{}}', '', {decider}, 'provincial_officer', {opener}, now())",
        "approvals_four_eyes|four eyes: decision",
    ),
    (
        "INSERT INTO approvals_decision (review_id, outcome, reasons, text, maker_id, maker_role, opener_id, made_at) "
        "VALUES ({review}, 'approve', '{{}}', '', {decider}, 'provincial_officer', {other}, now())",
        "four eyes: decision",
    ),
    ("UPDATE approvals_review SET opener_user_id = {other} WHERE id = {review}", "the opener does not change"),
)  # what is tried with every case
