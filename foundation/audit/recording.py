"""`record`: the one door of history, and the one place that speaks up after a commit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from structlog.contextvars import get_contextvars

from foundation.audit import canonical, subscriptions, waking
from foundation.audit.models import Delivery, Event
from foundation.core import clock
from foundation.core.locking import WAIT, busy_if_locked
from foundation.core.refs import Ref

LOCK = """
SELECT set_config('lock_timeout', %s, true);
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))
"""
HEAD = """
SELECT hash FROM audit_event WHERE subject_kind = %s AND subject_id = %s ORDER BY seq DESC LIMIT 1
"""


def record(
    name: str,
    *,
    subject: Any,
    actor: Any,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    parties: Iterable[Any] = (),
    visibility: str = "parties",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Event:
    """Write what happened: ``record("licenses.license.renewed", subject=license, actor=actor, data={...})``.

    ``name`` is "app.noun.past_verb", ``subject`` a model instance or Ref, ``parties`` organizations (or their ids)
    that may see it, ``data`` facts without personal data (Money, dates and moments welcome, floats refused). In the
    same transaction every subscriber gets its delivery; the worker is woken after the commit.
    """
    with transaction.atomic():
        event = _event(name, Ref.of(subject), actor, parties, visibility)
        event.data = canonical.plain(
            {"before": before or {}, "after": after or {}, "reason": str(reason), "facts": data or {}}
        )
        event.occurred_at = now or clock.database_now()
        event.previous_hash = _lock_chain(event.subject_kind, event.subject_id)
        event.hash = canonical.event_hash(event)
        event.save(force_insert=True)
        waiting = [Delivery(event=event, subscriber=name) for name in subscriptions.subscribers_of(event.name)]
        if waiting:
            Delivery.objects.bulk_create(waiting)
        wake_after_commit()
    return event


def _event(name: str, ref: Ref, actor: Any, parties: Iterable[Any], visibility: str) -> Event:
    return Event(
        name=name,
        subject_kind=ref.kind,
        subject_id=ref.id,
        subject_number=ref.number,
        province=settings.KAIXU_PROVINCE_PREFIX,
        actor_user_id=getattr(actor, "user_id", None),
        actor_organization_id=getattr(actor, "organization_id", None),
        actor_role=str(getattr(actor, "role", "") or ""),
        visibility=str(visibility),
        party_ids=sorted({party if isinstance(party, int) else party.pk for party in parties if party is not None}),
        request_id=str(get_contextvars().get("request_id", ""))[:64],
    )


def lock_history(subject: Any) -> None:
    """Take the lock of a subject's history before anything else, until the transaction ends. Raises Busy after 3 s.

    For subjects that many write to at once: who comes later waits here, in the order of arrival, and nowhere else.
    """
    ref = Ref.of(subject)
    with busy_if_locked(), connection.cursor() as cursor:
        cursor.execute(LOCK, [WAIT, f"audit:{ref.kind}:{ref.id}"])


def _lock_chain(kind: str, key: int) -> str:
    """The hash of the subject's latest event, with the chain ours until the transaction ends."""
    with busy_if_locked(), connection.cursor() as cursor:
        cursor.execute(LOCK, [WAIT, f"audit:{kind}:{key}"])
        cursor.execute(HEAD, [kind, key])
        row = cursor.fetchone()
    return row[0] if row else ""


def wake_after_commit() -> None:
    """Tell the worker once, after the commit, that deliveries wait."""
    if not any(entry[1] is waking.wake for entry in connection.run_on_commit):
        transaction.on_commit(waking.wake)
