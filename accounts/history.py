"""The history of a party as the page shows it: sentences, and people by name where one may know them."""

from accounts import queries, roles
from foundation import audit

SHOWN = 30


def entries(subject, viewer, limit=SHOWN):
    """Rows for the timeline component, newest first; two queries whatever their number."""
    events = list(audit.timeline(subject, viewer)[:limit])
    names = queries.names_of({event.actor_user_id for event in events}, viewer)
    return [
        {
            "at": event.occurred_at,
            "title": audit.describe(event),
            "reason": event.reason,
            "who": names.get(event.actor_user_id) or role_of(event),
            "filled": index == 0,
        }
        for index, event in enumerate(events)
    ]


def role_of(event):
    """In which role somebody acted whose name the reader may not know."""
    role = roles.ROLES.get(event.actor_role)
    return role.label if role else ""
