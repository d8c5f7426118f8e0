"""States of distributions of income and of invoices (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class DistributionState(StrEnum):
    COMPUTED = "computed"
    CONFIRMED = "confirmed"
    NOTICE = "notice"
    OBJECTED = "objected"
    AGREED = "agreed"
    PAID = "paid"
    CLOSED = "closed"
    CANCELLED = "cancelled"


D = DistributionState
UNPAID = (D.COMPUTED, D.CONFIRMED, D.NOTICE, D.OBJECTED)
DISTRIBUTION = Lifecycle(
    "distribution",
    D,
    initial=D.COMPUTED,
    moves=[
        # move       from            to           by                        the button says
        ("confirm", (D.COMPUTED,), D.CONFIRMED, "distributor", _("Confirm the distribution")),
        ("publish", (D.CONFIRMED,), D.NOTICE, "distributor", _("Open the notice period")),
        ("object", (D.NOTICE,), D.OBJECTED, "colleague", _("Object")),
        ("dismiss", (D.OBJECTED,), D.NOTICE, "distributor", _("Go on with the notice")),
        ("agree", (D.NOTICE,), D.AGREED, "clock", _("Note the end of the notice")),
        ("pay", (D.AGREED,), D.PAID, ("distributor", "system", "clock"), _("Note the payout")),
        ("close", (D.PAID,), D.CLOSED, ("distributor", "clock"), _("Close")),
        ("cancel", UNPAID, D.CANCELLED, ("distributor", "system"), _("Take the distribution back")),
    ],
    permits={
        D.COMPUTED: {"recompute"},
        D.CONFIRMED: {"recompute"},
        D.NOTICE: {"object", "accept", "look"},
        D.OBJECTED: {"answer", "recompute", "look"},
    },
    labels={
        D.COMPUTED: _("Computed"),
        D.CONFIRMED: _("Confirmed by the institution"),
        D.NOTICE: _("In public notice"),
        D.OBJECTED: _("Objection to answer"),
        D.AGREED: _("Agreed, to be paid out"),
        D.PAID: _("Paid out"),
        D.CLOSED: _("Closed"),
        D.CANCELLED: _("Taken back"),
    },
    final=(D.CLOSED, D.CANCELLED),
)


class InvoiceState(StrEnum):
    REQUESTED = "requested"
    ISSUED = "issued"
    SENT = "sent"
    RED_REVERSED = "red_reversed"
    WITHDRAWN = "withdrawn"


I = InvoiceState  # noqa: E741
INVOICE = Lifecycle(
    "invoice",
    I,
    initial=I.REQUESTED,
    moves=[
        # move       from                    to               by                         the button says
        ("issue", (I.REQUESTED,), I.ISSUED, ("issuer", "system"), _("Note the issued invoice")),
        ("send", (I.ISSUED,), I.SENT, ("issuer", "system"), _("Note that it was sent")),
        ("reverse", (I.ISSUED, I.SENT), I.RED_REVERSED, "system", _("Note the red-letter invoice")),
        ("withdraw", (I.REQUESTED,), I.WITHDRAWN, ("requester", "issuer", "system"), _("Withdraw the request")),
    ],
    permits={I.REQUESTED: {"issue"}, I.ISSUED: {"send", "reverse"}, I.SENT: {"reverse"}},
    labels={
        I.REQUESTED: _("Asked for"),
        I.ISSUED: _("Issued"),
        I.SENT: _("Sent"),
        I.RED_REVERSED: _("Reversed by a red-letter invoice"),
        I.WITHDRAWN: _("Request withdrawn"),
    },
    final=(I.RED_REVERSED, I.WITHDRAWN),
)
