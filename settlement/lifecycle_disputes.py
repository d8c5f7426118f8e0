"""States of requests for a refund, of disputes and of entries in the own books (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class RequestState(StrEnum):
    REQUESTED = "requested"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


Q = RequestState
REFUND_REQUEST = Lifecycle(
    "refund request",
    Q,
    initial=Q.REQUESTED,
    moves=[
        # move       from                       to           by                      the button says
        ("review", (Q.REQUESTED,), Q.REVIEWED, "settler", _("Ask a second person")),
        ("return", (Q.REVIEWED,), Q.REQUESTED, "system", _("Return")),
        ("approve", (Q.REQUESTED, Q.REVIEWED), Q.APPROVED, ("settler", "system"), _("Grant")),
        ("refuse", (Q.REQUESTED,), Q.REFUSED, "settler", _("Refuse")),
        ("withdraw", (Q.REQUESTED,), Q.WITHDRAWN, "refund_asker", _("Take back")),
        ("pay", (Q.APPROVED,), Q.PAID, "system", _("Note that the money is back")),
    ],
    permits={Q.REQUESTED: {"review", "withdraw"}},
    labels={
        Q.REQUESTED: _("Requested"),
        Q.REVIEWED: _("With a second person"),
        Q.APPROVED: _("Granted, on its way"),
        Q.PAID: _("Paid back"),
        Q.REFUSED: _("Refused"),
        Q.WITHDRAWN: _("Taken back"),
    },
    final=(Q.PAID, Q.REFUSED, Q.WITHDRAWN),
)


class DisputeState(StrEnum):
    OPEN = "open"
    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    SETTLED = "settled"
    FAILED = "failed"
    IN_COURT = "in_court"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


D = DisputeState
TALKING = (D.NEGOTIATION, D.MEDIATION)
DISPUTE = Lifecycle(
    "dispute",
    D,
    initial=D.OPEN,
    moves=[
        # move          from                                     to             by        the button says
        ("answer", (D.OPEN,), D.NEGOTIATION, "respondent", _("Answer")),
        ("pass", (D.OPEN,), D.NEGOTIATION, "clock", _("Go on without an answer")),
        ("mediate", (D.NEGOTIATION,), D.MEDIATION, ("disputant", "mediator"), _("Ask for mediation")),
        ("settle", (D.OPEN, *TALKING), D.SETTLED, ("disputant", "system"), _("Settle")),
        ("fail", TALKING, D.FAILED, ("disputant", "mediator"), _("Declare it failed")),
        ("refer", (D.FAILED,), D.IN_COURT, ("disputant", "mediator"), _("Record arbitration or court")),
        ("rule", (D.IN_COURT,), D.CLOSED, ("mediator", "settler"), _("Carry out the ruling")),
        ("lapse", (D.FAILED,), D.CLOSED, "clock", _("Close, as nobody went on")),
        ("withdraw", (D.OPEN, *TALKING, D.FAILED), D.WITHDRAWN, "claimant", _("Withdraw")),
    ],
    permits={
        D.OPEN: {"answer", "withdraw", "offer"},
        D.NEGOTIATION: {"offer", "mediate", "fail", "withdraw"},
        D.MEDIATION: {"offer", "fail", "withdraw", "appoint"},
        D.FAILED: {"refer", "withdraw"},
        D.IN_COURT: {"rule"},
    },
    labels={
        D.OPEN: _("Waiting for the answer"),
        D.NEGOTIATION: _("Being negotiated"),
        D.MEDIATION: _("In mediation"),
        D.SETTLED: _("Settled"),
        D.FAILED: _("No agreement"),
        D.IN_COURT: _("With arbitration or court"),
        D.CLOSED: _("Closed"),
        D.WITHDRAWN: _("Withdrawn"),
    },
    final=(D.SETTLED, D.CLOSED, D.WITHDRAWN),
)


class OwnEntryState(StrEnum):
    PROPOSED = "proposed"
    POSTED = "posted"
    REFUSED = "refused"


E = OwnEntryState
OWN_ENTRY = Lifecycle(
    "entry in the own books",
    E,
    initial=E.PROPOSED,
    moves=[
        # move    from           to          by                      the button says
        ("post", (E.PROPOSED,), E.POSTED, ("settler", "system"), _("Book")),
        ("refuse", (E.PROPOSED,), E.REFUSED, "system", _("Refuse")),
    ],
    permits={E.PROPOSED: {"post"}},
    labels={E.PROPOSED: _("With a second person"), E.POSTED: _("Booked"), E.REFUSED: _("Refused")},
    final=(E.POSTED, E.REFUSED),
)
