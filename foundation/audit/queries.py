"""What can be asked of history."""

from typing import Any

from django.db.models import Q, QuerySet

from foundation.audit.models import Event, Visibility
from foundation.core.refs import Ref


def visible_to(viewer: Any) -> QuerySet[Event]:
    """The events this membership may see: the public ones, those of its organization, all for the administration.

    ``viewer.may_read_audit`` or ``viewer.is_officer`` mark the administration; None is a visitor.
    """
    events = Event.objects.all()
    if viewer is None:
        return events.filter(visibility=Visibility.PUBLIC)
    if getattr(viewer, "is_officer", False) or getattr(viewer, "role", "") in ("auditor", "superuser", "system"):
        return events
    return events.filter(
        Q(visibility=Visibility.PUBLIC)
        | Q(visibility=Visibility.PARTIES, party_ids__contains=[viewer.organization_id or 0])
        | Q(visibility=Visibility.PARTIES, actor_organization_id=viewer.organization_id or 0)
    )


def timeline(subject: Any, viewer: Any = None) -> QuerySet[Event]:
    """The events about a model instance or Ref that the viewer may see, newest first."""
    ref = Ref.of(subject)
    return visible_to(viewer).filter(subject_kind=ref.kind, subject_id=ref.id).order_by("-seq")
