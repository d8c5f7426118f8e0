"""One effect per intent: a key is claimed in the transaction of its effect, and its answer is kept for repeats."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.core import clock, locking
from foundation.core.errors import DomainError
from foundation.core.models import KeptAnswer

LONGEST_KEY = 200
CLAIM = """
INSERT INTO core_keptanswer (scope, key, fingerprint, answer, created_at) VALUES (%s, %s, %s, NULL, %s)
ON CONFLICT (scope, key) DO NOTHING
"""


class KeyReused(DomainError):
    """The key came before with another body."""

    code, status = "key_reused", 422
    message = _("This was already sent with other contents. Open the page again to send something new.")


class InFlight(DomainError):
    """The first request with this key is still being worked on."""

    code, status = "in_flight", 409
    message = _("The same request is still being worked on. Please wait a moment.")


@dataclass(slots=True)
class Attempt:
    """``replayed`` tells whether the effect happened before; then ``answer`` holds what was answered."""

    replayed: bool = False
    answer: Any = None


def fingerprint(body: Any) -> str:
    """SHA-256 over the canonical JSON of a body; what JSON does not know counts by its text."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


@contextmanager
def once(scope: str, key: str, fingerprint: str = "") -> Iterator[Attempt]:
    """Open a transaction that has its effect once per (scope, key)::

        with once("uptake", key, fingerprint(body)) as attempt:
            if not attempt.replayed:
                attempt.answer = make_it()      # JSON; kept with the effect or not at all
        return attempt.answer

    A second caller waits for the first: then it gets the kept answer (same fingerprint), or raises KeyReused (422).
    Raises InFlight (409) when the first takes longer than the lock limit. A caller that raises leaves nothing behind.
    """
    scope, key = scope[:LONGEST_KEY], key[:LONGEST_KEY]
    with transaction.atomic():
        kept = None if _claim(scope, key, fingerprint) else KeptAnswer.objects.get(scope=scope, key=key)
        if kept is not None and kept.fingerprint != fingerprint:
            raise KeyReused()
        attempt = Attempt(kept is not None, kept.answer if kept else None)
        yield attempt
        if kept is None:
            KeptAnswer.objects.filter(scope=scope, key=key).update(answer=attempt.answer)


def _claim(scope: str, key: str, fingerprint: str) -> bool:
    """Whether this transaction is the first; waits for another one that holds the key."""
    if locking.switched_off():  # the naive way, for the twin of the race test: look first, write without asking
        return not KeptAnswer.objects.filter(scope=scope, key=key).exists()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [locking.WAIT])
            cursor.execute(CLAIM, [scope, key, fingerprint, clock.stamp()])
            return cursor.rowcount == 1
    except OperationalError as error:
        if locking.is_lock_failure(error):
            raise InFlight() from error
        raise
