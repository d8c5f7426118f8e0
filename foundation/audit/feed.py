"""The change feed: positions are given after commit, by one relay, so that `?since=` misses nothing."""

from django.db import connection, transaction
from django.db.models import F, QuerySet

from foundation.audit import queries
from foundation.audit.models import Event

RELAY = "audit:feed"
# All that is committed and has no place yet, never what this transaction itself wrote. Whatever commits later gets a
# later place, so whoever remembers a place has missed nothing before it.
PLACE = """
WITH committed AS (
  SELECT p.event_id, row_number() OVER (ORDER BY p.event_id) AS n
  FROM audit_eventposition p JOIN audit_event e ON e.seq = p.event_id
  WHERE p.position IS NULL AND e.xact IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
), top AS (SELECT coalesce(max(position), 0) AS position FROM audit_eventposition)
UPDATE audit_eventposition p SET position = top.position + committed.n
FROM committed, top WHERE p.event_id = committed.event_id
"""


def place_events() -> int:
    """Give every committed event its position. Returns how many; 0 when another relay is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [RELAY])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(PLACE)
        return cursor.rowcount


def since(position: int, viewer=None) -> QuerySet[Event]:
    """The events after a position that the viewer may see, in the order of the feed, with ``position``."""
    events = queries.visible_to(viewer).filter(public__position__gt=position)
    return events.annotate(position=F("public__position")).order_by("position")
