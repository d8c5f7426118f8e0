"""How experts are listed."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from challenges.lifecycle_parties import SeatState
from challenges.models import Expert

LONGEST = 100


def ordered(found: QuerySet[Expert], words: str) -> QuerySet[Expert]:
    """By name; with the seats held now and those ever held. ``words``: name, unit or IPC class."""
    words = words.strip().replace("\x00", "")[:LONGEST]
    if words:
        named = Q(user__name__icontains=words) | Q(unit_name__icontains=words)
        found = found.filter(named | Q(ipc__icontains=words.upper()))
    sitting = Q(seats__state__in=[SeatState.INVITED, SeatState.ACCEPTED])
    counts = {"sitting": Count("seats", filter=sitting), "sat": Count("seats")}
    return found.annotate(**counts).order_by("-is_active", "user__name", "pk")


def facts(expert: Expert) -> list[dict[str, Any]]:
    """Who it is, above the form."""
    return [
        {"label": _("Name"), "value": expert.user.name},
        {"label": _("E-mail address"), "value": expert.user.email},
        {"label": _("In the pool"), "value": _("yes") if expert.is_active else _("no")},
    ]
