"""Recomputes chains and seals, and names the first event that does not fit."""

from typing import Any

from foundation.audit import canonical, sealing
from foundation.audit.models import Event, Seal

BATCH = 2000


def first_broken_event() -> tuple[Event, str] | None:
    """The first event, by subject and sequence, whose hash or link is wrong, and what is wrong with it."""
    subject: tuple[str, int] | None = None
    head = ""
    events = Event.objects.order_by("subject_kind", "subject_id", "seq")
    for event in events.iterator(chunk_size=BATCH):
        if (event.subject_kind, event.subject_id) != subject:
            subject, head = (event.subject_kind, event.subject_id), ""
        if event.previous_hash != head:
            return event, "it does not follow the event before it"
        if canonical.event_hash(event) != event.hash:
            return event, "its contents were changed"
        head = event.hash
    return None


def broken_seals(earlier: list[dict[str, Any]] | None = None) -> list[str]:
    """What is wrong with the stored seals, and with the events under an earlier exported list of seals."""
    found = []
    for source, seals in (("stored", sealing.exported()), ("exported", earlier or [])):
        before, head = "", 0
        for seal in seals:
            if seal["previous_hash"] != before or sealing.rolling(before, head, seal["head"]) != seal["hash"]:
                found.append(f"the {source} seal of {seal['date']} does not match the events up to {seal['head']}")
                break
            before, head = seal["hash"], seal["head"]
    kept = dict(Seal.objects.values_list("date", "hash"))
    by_date = {day.isoformat(): digest for day, digest in kept.items()}
    changed = [seal["date"] for seal in earlier or [] if by_date.get(seal["date"]) != seal["hash"]]
    return found + [f"the seal of {day} is not the one that was exported" for day in changed]
