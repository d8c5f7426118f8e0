"""What can be asked of history."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from foundation.audit.models import Event, Visibility
from foundation.core.refs import Ref

SAME_NUMBER = 10  # subjects that may share a number: a declaration and what is filed under it
ALL_HISTORY = ("auditor", "superuser", "system")

_sealed: dict[str, Callable[[], Q]] = {}
_counted_secretly: set[str] = set()


def seal(name: str, condition: Callable[[], Q]) -> None:
    """Keep events from officers, who otherwise read all: those of the condition are for their parties and the auditor.

    Registered by the owner of a secret that those in charge must not learn in passing ("auctions.bidders").
    """
    _sealed[name] = condition


def count_secretly(kind: str) -> None:
    """Tell nobody the ids of subjects of a kind: they are counted up, and how many there are is a secret."""
    _counted_secretly.add(kind)


def is_counted_secretly(kind: str) -> bool:
    """Whether ids of this kind are told to nobody."""
    return kind in _counted_secretly


def _open_to_officers(events: QuerySet[Event]) -> QuerySet[Event]:
    for condition in _sealed.values():
        events = events.exclude(condition())
    return events


def visible_to(viewer: Any) -> QuerySet[Event]:
    """The events this membership may see: the public ones, those of its organization, all for the administration.

    What an app sealed is kept from officers all the same. ``viewer.is_officer`` and the roles in ALL_HISTORY mark the
    administration; an officer with ``organizations_in_charge`` (a city's) sees only what concerns these. In the
    administration's own organization one sees what one did oneself, not what colleagues did. None is a visitor.
    What is sealed (``Visibility.SEALED``) is for its own organization alone.
    """
    events = Event.objects.all()
    if viewer is None:
        return events.filter(visibility=Visibility.PUBLIC)
    in_charge = getattr(viewer, "organizations_in_charge", None)
    if viewer.role == "system":
        return events
    events = events.filter(~Q(visibility=Visibility.SEALED) | Q(party_ids__contains=[viewer.organization_id or 0]))
    if viewer.role in ALL_HISTORY:
        return events
    if getattr(viewer, "is_officer", False):
        events = _open_to_officers(events)
        if in_charge is None:
            return events
    shared = Q(party_ids__contains=[viewer.organization_id or 0])
    if getattr(viewer, "is_administration", False):
        shared |= Q(actor_user_id=viewer.user_id)
    else:
        shared |= Q(actor_organization_id=viewer.organization_id or 0)
    seen = Q(visibility__in=[Visibility.PUBLIC, Visibility.SEALED]) | Q(visibility=Visibility.PARTIES) & shared
    if in_charge is not None:
        seen |= Q(party_ids__overlap=ArraySubquery(in_charge))
    return events.filter(seen)


def about(events: QuerySet[Event], kind: str, key: int, number: str, *, viewer: Any = None) -> QuerySet[Event]:
    """Of these events those about one thing, named by kind and id or by its public number.

    A thing may have got its number later than its first events: they belong to it too.
    """
    if not number:
        return events.filter(subject_kind=kind, subject_id=key)
    named = visible_to(viewer).filter(subject_number=number).order_by().values("subject_kind", "subject_id").distinct()
    same = Q(pk=None)
    for subject in named[:SAME_NUMBER]:
        same |= Q(**subject)
    return events.filter(same)


def timeline(subject: Any, viewer: Any = None) -> QuerySet[Event]:
    """The events about a model instance or Ref that the viewer may see, newest first."""
    ref = Ref.of(subject)
    return visible_to(viewer).filter(subject_kind=ref.kind, subject_id=ref.id).order_by("-seq")
