"""What history answers for: its start-up check, and the invariants of events and of every table with a lifecycle."""

from foundation.audit import checks, invariants

UNTOLD = """
SELECT d.id, d.event_id, d.subscriber, d.attempts FROM audit_delivery d
WHERE d.state = 'dead' OR (
  d.state = 'pending' AND d.attempts = 0 AND d.next_try_at < clock_timestamp() - interval '1 hour'
)
"""
UNPLACED = """
SELECT e.seq, e.name FROM audit_event e LEFT JOIN audit_eventposition p ON p.event_id = e.seq WHERE p.event_id IS NULL
"""
STATE_OF_EVENTS = """
SELECT t.id, t.state, e.recorded FROM "{table}" t
LEFT JOIN LATERAL (
  SELECT data -> 'after' ->> 'state' AS recorded FROM audit_event
  WHERE subject_kind = '{kind}' AND subject_id = t.id AND data -> 'after' ? 'state' ORDER BY seq DESC LIMIT 1
) e ON true
WHERE t.state <> coalesce(e.recorded, '{initial}')
"""

checks.install()
invariants.register("I17", "Every event is delivered to everybody who listens.", UNTOLD)
invariants.register("I17", "Every event has its place in the feed, or waits for it.", UNPLACED)
for model in checks.stateful_models():
    label = model._meta.label_lower
    sql = STATE_OF_EVENTS.format(table=model._meta.db_table, kind=label, initial=model.LIFECYCLE.initial)
    invariants.register("I15", f"The state of every {label} is the one its latest event says.", sql)
