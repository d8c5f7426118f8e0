"""Runs a competing act inside the window of another one, and many acts at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connections

from foundation.core import locking
from foundation.core.errors import DomainError

PATIENCE = 0.7  # seconds that the window stays open for the competitor; with a lock on, it waits for us instead
END = 20  # seconds, more than anything here takes


def outcome_of(act):
    """What the act gave, or the error it raised, on a connection of its own."""
    try:
        return act()
    except (DomainError, DatabaseError) as error:
        return error
    finally:
        connections.close_all()


def at_once(acts):
    """Run all at the same moment; their outcomes in the same order."""
    gate = threading.Barrier(len(acts))

    def run(act):
        connections["default"].ensure_connection()
        gate.wait(timeout=20)
        return outcome_of(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


class Meanwhile:
    """Somebody else acts the first time `module.name` is called, before its work is done."""

    def __init__(self, monkeypatch, module, name, act):
        self.outcome, self.was_inside = None, False
        self.thread = threading.Thread(target=self._run, args=[act])
        original = getattr(module, name)

        def hooked(*arguments, **named):
            if not self.thread.is_alive() and self.thread.ident is None:
                self.thread.start()
                self.thread.join(END if locking.switched_off() else PATIENCE)  # without locks it always ends
                self.was_inside = not self.thread.is_alive()
            return original(*arguments, **named)

        monkeypatch.setattr(module, name, hooked)

    def _run(self, act):
        self.outcome = outcome_of(act)

    def end(self):
        """Wait for it; its outcome."""
        self.thread.join(END)
        assert not self.thread.is_alive()
        return self.outcome
