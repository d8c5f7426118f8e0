"""States of obligations, payments, holds, refunds and cases (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class ObligationState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


O = ObligationState  # noqa: E741
OBLIGATION = Lifecycle(
    "obligation",
    O,
    initial=O.OPEN,
    moves=[
        # move           from            to           by                              the button says
        ("pay", (O.OPEN, O.EXPIRED), O.PAID, "system", _("Note the payment")),  # expired: booked in time, told late
        ("cancel", (O.OPEN,), O.CANCELLED, ("party", "system", "clock"), _("Cancel")),
        ("expire", (O.OPEN,), O.EXPIRED, ("party", "system", "clock"), _("Let the deadline pass")),
        ("reopen", (O.PAID,), O.OPEN, "system", _("Take the payment back")),  # the bank reversed what had paid it
        ("refund", (O.PAID,), O.REFUNDING, ("refunder", "system", "clock"), _("Refund")),
        ("refund_done", (O.REFUNDING,), O.REFUNDED, "system", _("Note the refund")),
    ],
    permits={O.OPEN: {"pay"}, O.PAID: {"release", "object", "refund"}},
    labels={
        O.OPEN: _("To be paid"),
        O.PAID: _("Paid"),
        O.CANCELLED: _("Cancelled"),
        O.EXPIRED: _("Not paid in time"),
        O.REFUNDING: _("Refund on its way"),
        O.REFUNDED: _("Refunded"),
    },
    final=(O.CANCELLED, O.REFUNDED),
)


class PaymentState(StrEnum):
    STARTED = "started"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    CLARIFY = "clarify"
    TURNED_BACK = "turned_back"


P = PaymentState
ARRIVED_FROM = (P.STARTED, P.WAITING, P.FAILED)
PAYMENT = Lifecycle(
    "payment",
    P,
    initial=P.STARTED,
    moves=[
        # move        from                       to            by        the button says
        ("order", (P.STARTED,), P.WAITING, "system", _("Order at the bank")),
        ("confirm", ARRIVED_FROM, P.CONFIRMED, "system", _("Confirm")),
        ("fail", (P.STARTED, P.WAITING), P.FAILED, "system", _("Note the failure")),
        ("clarify", ARRIVED_FROM, P.CLARIFY, "system", _("Leave to be clarified")),
        ("turn_back", (*ARRIVED_FROM, P.CLARIFY), P.TURNED_BACK, ("system", "settler"), _("Send back")),
        ("assign", (P.CLARIFY,), P.CONFIRMED, ("system", "settler"), _("Assign")),
        ("unassign", (P.CONFIRMED,), P.CLARIFY, ("system", "settler"), _("Take the assignment back")),
    ],
    permits={
        P.STARTED: {"wait"},
        P.WAITING: {"wait"},
        P.CONFIRMED: {"refund"},
        P.CLARIFY: {"resolve", "allocate", "refund"},
    },
    labels={
        P.STARTED: _("Started"),
        P.WAITING: _("Waiting for the bank"),
        P.CONFIRMED: _("Confirmed"),
        P.FAILED: _("Failed"),
        P.CLARIFY: _("To be clarified"),
        P.TURNED_BACK: _("Sent back"),
    },
    final=(P.TURNED_BACK,),
)


class HoldState(StrEnum):
    HELD = "held"
    CAPTURED = "captured"
    RELEASED = "released"
    FORFEITED = "forfeited"
    EXPIRED = "expired"


H = HoldState
HOLD = Lifecycle(
    "hold",
    H,
    initial=H.HELD,
    moves=[
        # move      from       to            by                   the button says
        ("capture", (H.HELD,), H.CAPTURED, ("system", "settler"), _("Use for what it secures")),
        ("release", (H.HELD,), H.RELEASED, ("system", "clock", "settler"), _("Give back")),
        ("forfeit", (H.HELD,), H.FORFEITED, ("system", "settler"), _("Declare forfeited")),
        ("expire", (H.HELD,), H.EXPIRED, ("system", "clock"), _("Give back undecided")),
    ],
    permits={H.HELD: {"capture", "release", "forfeit", "expire"}},
    labels={
        H.HELD: _("Held"),
        H.CAPTURED: _("Used"),
        H.RELEASED: _("Given back"),
        H.FORFEITED: _("Forfeited"),
        H.EXPIRED: _("Given back undecided"),
    },
    final=(H.CAPTURED, H.RELEASED, H.FORFEITED, H.EXPIRED),
)


class RefundState(StrEnum):
    REQUESTED = "requested"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


R = RefundState
REFUND = Lifecycle(
    "refund",
    R,
    initial=R.REQUESTED,
    moves=[
        # move     from                      to        by        the button says
        ("send", (R.REQUESTED,), R.SENT, "system", _("Send to the bank")),
        ("finish", (R.SENT,), R.DONE, "system", _("Confirm")),
        ("fail", (R.REQUESTED, R.SENT), R.FAILED, "system", _("Note the failure")),
        ("retry", (R.FAILED,), R.REQUESTED, ("settler", "system"), _("Try again")),
    ],
    permits={R.REQUESTED: {"send"}, R.SENT: {"ask"}, R.FAILED: {"retry"}},
    labels={
        R.REQUESTED: _("Requested"),
        R.SENT: _("Sent to the bank"),
        R.DONE: _("Back at the payer"),
        R.FAILED: _("The bank could not do it"),
    },
    final=(R.DONE,),
)


class CaseState(StrEnum):
    OPEN = "open"
    IN_REVIEW = "in_review"
    RESOLVED = "resolved"


C = CaseState
CASE = Lifecycle(
    "case",
    C,
    initial=C.OPEN,
    moves=[
        # move      from                    to            by                      the button says
        ("propose", (C.OPEN,), C.IN_REVIEW, "settler", _("Ask a second person")),
        ("return", (C.IN_REVIEW,), C.OPEN, ("settler", "system"), _("Return")),
        ("resolve", (C.OPEN, C.IN_REVIEW), C.RESOLVED, ("settler", "system"), _("Resolve")),
    ],
    permits={C.OPEN: {"resolve"}},
    labels={C.OPEN: _("To be clarified"), C.IN_REVIEW: _("With a second person"), C.RESOLVED: _("Resolved")},
    final=(C.RESOLVED,),
)
