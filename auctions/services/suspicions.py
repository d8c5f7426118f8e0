"""Signals of collusion: sought by the rules, kept for the officer with a note. Nothing follows from one by itself.

Nobody is excluded, nothing is published, nobody is named (Auction Law Arts. 37, 65 are applied by people).
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions import collusion
from auctions.models import Lot, Season, Signal
from auctions.queries import collusion_facts, suspicions
from auctions.rules import is_officer
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text

LONGEST = 2000


@transaction.atomic
def seek(*, lot: Lot) -> int:
    """Ask the rules about a lot, and about its season where it has a winner; how many new signals. Idempotent."""
    now = database_now()
    [facts] = collusion_facts.facts_of([lot])
    made = _keep(collusion.of_lot(facts), lot.season, lot, now)
    if facts.winner:
        decided = collusion_facts.facts_of(suspicions.decided_lots(lot.season), identities=False)
        made += _keep(collusion.of_season(decided), lot.season, None, now)
    Lot.objects.filter(pk=lot.pk).update(signals_at=now)
    return made


def _keep(found: Iterable[collusion.Found], season: Season, lot: Lot | None, now: Any) -> int:
    rows = [
        Signal(
            season=season,
            lot=lot,
            rule=one.rule,
            paddles=[list(pair) for pair in one.paddles],
            evidence=one.evidence,
            key=hashlib.sha256(json.dumps([one.rule, one.paddles]).encode()).hexdigest(),
            found_at=now,
        )
        for one in found
    ]
    known = set(Signal.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    new = [row for row in rows if row.key not in known]
    Signal.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def note(*, signal: Signal, note: str, actor: Any) -> Signal:
    """An officer says what came of looking at a signal; a later note replaces it, the history keeps both.

    Raises NotAllowed, Invalid (no text).
    """
    if not is_officer(actor):
        raise NotAllowed()
    signal, text = lock_rows(signal), clean_text(note, LONGEST, multiline=True)
    if not text:
        raise Invalid(_("Write what came of it."), field="note")
    now = database_now()
    signal.note, signal.noted_by_id, signal.noted_at = text, actor.user_id, now
    signal.save(update_fields=["note", "noted_by", "noted_at"])
    subject = signal.lot or signal.season
    facts = {"signal": signal.pk, "rule": signal.rule, "paddles": ["/".join(pair) for pair in signal.paddles]}
    told = {"subject": subject, "actor": actor, "visibility": "private", "data": facts, "reason": text, "now": now}
    audit.record(f"auctions.{'lot' if signal.lot_id else 'season'}.signal_noted", **told)
    return signal
