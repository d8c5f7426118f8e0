"""States of accounts to be paid to, of payout runs and of payouts (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class AccountState(StrEnum):
    PROPOSED = "proposed"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"


A = AccountState
PAYOUT_ACCOUNT = Lifecycle(
    "payout account",
    A,
    initial=A.PROPOSED,
    moves=[
        # move       from           to            by                      the button says
        ("verify", (A.PROPOSED,), A.VERIFIED, "system", _("Confirm the account")),
        ("refuse", (A.PROPOSED,), A.REFUSED, "system", _("Refuse the account")),
        ("withdraw", (A.PROPOSED,), A.WITHDRAWN, ("account_keeper", "system"), _("Take back")),
        ("retire", (A.VERIFIED,), A.RETIRED, ("account_keeper", "system"), _("Stop using the account")),
    ],
    permits={A.PROPOSED: {"withdraw"}, A.VERIFIED: {"retire", "pay_to"}},
    labels={
        A.PROPOSED: _("With a second person"),
        A.VERIFIED: _("Confirmed"),
        A.REFUSED: _("Not confirmed"),
        A.WITHDRAWN: _("Taken back"),
        A.RETIRED: _("No longer used"),
    },
    final=(A.REFUSED, A.WITHDRAWN, A.RETIRED),
)


class RunState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    DONE = "done"
    CANCELLED = "cancelled"


R = RunState
PAYOUT_RUN = Lifecycle(
    "payout run",
    R,
    initial=R.DRAFT,
    moves=[
        # move      from                     to           by                       the button says
        ("submit", (R.DRAFT,), R.WAITING, "settler", _("Ask a second person")),
        ("clear", (R.DRAFT,), R.APPROVED, "settler", _("Approve")),
        ("return", (R.WAITING,), R.DRAFT, "system", _("Return")),
        ("approve", (R.WAITING,), R.APPROVED, "system", _("Approve")),
        ("begin", (R.APPROVED,), R.SENDING, "settler", _("Send")),
        ("send", (R.SENDING,), R.SENT, "system", _("Note that all were sent")),
        ("finish", (R.SENT,), R.DONE, "system", _("Note that the bank answered all")),
        ("cancel", (R.DRAFT, R.APPROVED), R.CANCELLED, "settler", _("Cancel the run")),
    ],
    permits={R.DRAFT: {"submit", "drop", "cancel"}, R.APPROVED: {"begin", "cancel"}, R.SENDING: {"pay"}},
    labels={
        R.DRAFT: _("Being prepared"),
        R.WAITING: _("With a second person"),
        R.APPROVED: _("Approved"),
        R.SENDING: _("Being sent"),
        R.SENT: _("Sent to the bank"),
        R.DONE: _("Answered by the bank"),
        R.CANCELLED: _("Cancelled"),
    },
    final=(R.DONE, R.CANCELLED),
)


class PayoutState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"
    CLEARED = "cleared"


P = PayoutState
PAYOUT = Lifecycle(
    "payout",
    P,
    initial=P.PLANNED,
    moves=[
        # move      from             to           by                       the button says
        ("drop", (P.PLANNED,), P.DROPPED, ("settler", "system"), _("Leave out")),
        ("send", (P.PLANNED,), P.SENT, "system", _("Send to the bank")),
        ("finish", (P.SENT,), P.DONE, "system", _("Confirm")),
        ("fail", (P.SENT,), P.FAILED, "system", _("Note the failure")),
        ("come_back", (P.DONE,), P.FAILED, "system", _("Note that the money came back")),
        ("clear", (P.FAILED,), P.CLEARED, ("settler", "system"), _("Pay again with the next run")),
    ],
    permits={P.PLANNED: {"drop"}, P.SENT: {"ask"}, P.FAILED: {"clear"}},
    labels={
        P.PLANNED: _("Planned"),
        P.SENT: _("Sent to the bank"),
        P.DONE: _("Paid out"),
        P.FAILED: _("The bank could not do it"),
        P.DROPPED: _("Left out"),
        P.CLEARED: _("Clarified, due again"),
    },
    final=(P.DROPPED, P.CLEARED),
)
