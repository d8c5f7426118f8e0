"""States of our own bank accounts, of the lines of their statements, and of accounting months (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class OwnAccountState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    CLOSED = "closed"


A = OwnAccountState
OWN_ACCOUNT = Lifecycle(
    "own account",
    A,
    initial=A.PROPOSED,
    moves=[
        # move       from           to        by            the button says
        ("activate", (A.PROPOSED,), A.ACTIVE, "second_settler", _("Confirm the account")),
        ("close", (A.PROPOSED, A.ACTIVE), A.CLOSED, "settler", _("Close the account")),
    ],
    permits={A.ACTIVE: {"import", "pay_to"}},
    labels={A.PROPOSED: _("Waiting for a second person"), A.ACTIVE: _("In use"), A.CLOSED: _("Used no more")},
    final=(A.CLOSED,),
)


class LineState(StrEnum):
    NEW = "new"
    KNOWN = "known"
    MATCHED = "matched"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    PARKED = "parked"
    REVERSED = "reversed"


L = LineState
SETTLER, SYSTEM = "settler", "system"
LINE = Lifecycle(
    "bank line",
    L,
    initial=L.NEW,
    moves=[
        # move      from                              to           by                  the button says
        ("tick", (L.NEW, L.QUEUED), L.KNOWN, (SYSTEM, SETTLER), _("Tick off against the ledger")),
        ("match", (L.NEW, L.QUEUED), L.MATCHED, SYSTEM, _("Match")),
        ("queue", (L.NEW,), L.QUEUED, SYSTEM, _("Put into the queue")),
        ("assign", (L.QUEUED,), L.ASSIGNED, SETTLER, _("Assign")),
        ("return", (L.QUEUED,), L.RETURNED, SETTLER, _("Return to the payer")),
        ("park", (L.NEW, L.QUEUED), L.PARKED, (SYSTEM, SETTLER), _("Park")),
        ("unpark", (L.PARKED,), L.QUEUED, SETTLER, _("Put back into the queue")),
        ("reverse", (L.QUEUED, L.MATCHED, L.ASSIGNED), L.REVERSED, (SYSTEM, SETTLER), _("Note the reversal")),
    ],
    permits={L.NEW: {"settle"}, L.QUEUED: {"decide", "rematch"}, L.PARKED: {"unpark"}},
    labels={
        L.NEW: _("Not worked on yet"),
        L.KNOWN: _("In the ledger already"),
        L.MATCHED: _("Matched automatically"),
        L.QUEUED: _("To be clarified"),
        L.ASSIGNED: _("Assigned by hand"),
        L.RETURNED: _("Goes back to the payer"),
        L.PARKED: _("Parked"),
        L.REVERSED: _("Reversed by the bank"),
    },
    final=(L.KNOWN, L.RETURNED, L.REVERSED),
)


class MonthState(StrEnum):
    CLOSED = "closed"
    REOPENING = "reopening"
    REOPENED = "reopened"


M = MonthState
MONTH = Lifecycle(
    "accounting month",
    M,
    initial=M.CLOSED,
    moves=[
        # move        from            to           by        the button says
        ("ask", (M.CLOSED,), M.REOPENING, SETTLER, _("Ask to reopen")),
        ("reopen", (M.REOPENING,), M.REOPENED, SYSTEM, _("Reopen")),
        ("keep", (M.REOPENING,), M.CLOSED, SYSTEM, _("Keep closed")),
        ("close", (M.REOPENED,), M.CLOSED, SETTLER, _("Close again")),
    ],
    permits={M.CLOSED: {"ask"}, M.REOPENED: {"close"}},
    labels={
        M.CLOSED: _("Books closed"),
        M.REOPENING: _("Closed; a second person decides about reopening"),
        M.REOPENED: _("Reopened"),
    },
)
