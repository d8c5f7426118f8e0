"""States and moves of a royalty period and of an inspection of the licensee's books (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class PeriodState(StrEnum):
    RUNNING = "running"
    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    REPORTED = "reported"
    QUESTIONED = "questioned"
    PAYMENT_DUE = "payment_due"
    PAYMENT_LATE = "payment_late"
    SETTLED = "settled"


P = PeriodState
TO_REPORT = (P.REPORT_DUE, P.REPORT_LATE)
TO_PAY = (P.PAYMENT_DUE, P.PAYMENT_LATE)
LATE = (P.REPORT_LATE, P.PAYMENT_LATE)
ACCEPTED = (*TO_PAY, P.SETTLED)

ROYALTY_PERIOD = Lifecycle(
    "royalty period",
    P,
    initial=P.RUNNING,
    moves=[
        # move, from, to, by, the button says
        ("close", (P.RUNNING,), P.REPORT_DUE, "clock", _("Ask for the report")),
        ("miss_report", (P.REPORT_DUE,), P.REPORT_LATE, "clock", _("Note that the report is late")),
        ("report", TO_REPORT, P.REPORTED, "licensee", _("Send the report")),
        ("question", (P.REPORTED,), P.QUESTIONED, "licensor", _("Ask about the report")),
        ("correct", (P.QUESTIONED,), P.REPORTED, "licensee", _("Send the corrected report")),
        ("accept", (P.REPORTED,), P.PAYMENT_DUE, ("licensor", "clock"), _("Accept the report")),
        ("accept_nothing_due", (P.REPORTED,), P.SETTLED, ("licensor", "clock"), _("Accept; nothing is due")),
        ("miss_payment", (P.PAYMENT_DUE,), P.PAYMENT_LATE, "clock", _("Note that the payment is late")),
        ("pay", TO_PAY, P.SETTLED, "system", _("Note the payment")),
        ("reopen", (P.SETTLED,), P.PAYMENT_DUE, "system", _("Note that the bank took the payment back")),
    ],
    permits={
        P.REPORT_DUE: {"report"},
        P.REPORT_LATE: {"report"},
        P.REPORTED: {"answer"},
        P.QUESTIONED: {"report"},
        P.PAYMENT_DUE: {"pay"},
        P.PAYMENT_LATE: {"pay"},
    },
    labels={
        P.RUNNING: _("Running"),
        P.REPORT_DUE: _("Report due"),
        P.REPORT_LATE: _("Report late"),
        P.REPORTED: _("Reported"),
        P.QUESTIONED: _("Questioned by the licensor"),
        P.PAYMENT_DUE: _("Royalty to be paid"),
        P.PAYMENT_LATE: _("Royalty late"),
        P.SETTLED: _("Settled"),
    },
)


class InspectionState(StrEnum):
    ANNOUNCED = "announced"
    FOUND = "found"
    DISPUTED = "disputed"
    CONCLUDED = "concluded"
    CALLED_OFF = "called_off"


I = InspectionState  # noqa: E741
INSPECTION = Lifecycle(
    "royalty inspection",
    I,
    initial=I.ANNOUNCED,
    moves=[
        # move, from, to, by, the button says
        ("find", (I.ANNOUNCED,), I.FOUND, "licensor", _("Record the findings")),
        ("agree", (I.FOUND, I.DISPUTED), I.CONCLUDED, "licensee", _("Agree to the findings")),
        ("dispute", (I.FOUND,), I.DISPUTED, "licensee", _("Dispute the findings")),
        ("call_off", (I.ANNOUNCED, I.FOUND, I.DISPUTED), I.CALLED_OFF, "licensor", _("Call the inspection off")),
    ],
    permits={I.ANNOUNCED: {"find"}, I.FOUND: {"answer"}, I.DISPUTED: {"answer"}},
    labels={
        I.ANNOUNCED: _("Inspection announced"),
        I.FOUND: _("Findings on the table"),
        I.DISPUTED: _("Findings disputed"),
        I.CONCLUDED: _("Inspection concluded"),
        I.CALLED_OFF: _("Inspection called off"),
    },
    final=(I.CONCLUDED, I.CALLED_OFF),
)
