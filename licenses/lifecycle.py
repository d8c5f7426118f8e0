"""States and moves of the open license: declaration, terms version, license (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class DeclarationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    CORRECTION = "correction"
    DEEMED_NOT_FILED = "deemed_not_filed"
    REJECTED = "rejected"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    WITHDRAWAL_REVIEW = "withdrawal_review"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    TERMINATED = "terminated"


D = DeclarationState
OPEN = (D.PUBLISHED, D.SUSPENDED, D.WITHDRAWAL_REVIEW)  # published once and not yet ended
PENDING = (D.SUBMITTED, D.UNDER_REVIEW, D.CORRECTION, D.APPROVED)
LIVE = (*PENDING, *OPEN)  # at most one of these for each patent (E13)

DECLARATION = Lifecycle(
    "declaration",
    DeclarationState,
    initial=D.DRAFT,
    moves=[
        # move, from, to, by, the button says
        ("submit", (D.DRAFT,), D.SUBMITTED, "declarer", _("Submit")),
        ("claim", (D.SUBMITTED,), D.UNDER_REVIEW, "reviewer", _("Start the review")),
        ("release", (D.UNDER_REVIEW,), D.SUBMITTED, "reviewer", _("Put back into the queue")),
        ("return", (D.UNDER_REVIEW,), D.CORRECTION, "reviewer", _("Return for correction")),
        ("resubmit", (D.CORRECTION,), D.SUBMITTED, "declarer", _("Submit again")),
        ("lapse", (D.CORRECTION,), D.DEEMED_NOT_FILED, "clock", _("Deem not filed")),
        ("reject", (D.UNDER_REVIEW,), D.REJECTED, "reviewer", _("Reject")),
        ("approve", (D.UNDER_REVIEW,), D.APPROVED, "reviewer", _("Approve")),
        ("undo_approval", (D.APPROVED,), D.UNDER_REVIEW, "reviewer", _("Undo the approval")),
        (
            "take_back",
            (D.SUBMITTED, D.UNDER_REVIEW, D.CORRECTION, D.APPROVED),
            D.DRAFT,
            "declarer",
            _("Take back before publication"),
        ),
        ("publish", (D.APPROVED,), D.PUBLISHED, "clock", _("Publish")),
        ("suspend", (D.PUBLISHED,), D.SUSPENDED, ("officer", "clock"), _("Suspend")),
        ("suspend_on_check", (D.PUBLISHED,), D.SUSPENDED, "clock", _("Suspend after a check")),
        ("reinstate", (D.SUSPENDED,), D.PUBLISHED, "officer", _("End the suspension")),
        ("cure", (D.SUSPENDED,), D.PUBLISHED, "clock", _("End the suspension after a check")),
        ("adopt", (D.SUSPENDED,), D.PUBLISHED, "new_owner", _("Confirm as the new patentee")),
        (
            "request_withdrawal",
            (D.PUBLISHED, D.SUSPENDED),
            D.WITHDRAWAL_REVIEW,
            "declarer",
            _("Request withdrawal"),
        ),
        (
            "cancel_withdrawal",
            (D.WITHDRAWAL_REVIEW,),
            D.PUBLISHED,
            "declarer",
            _("Cancel the withdrawal request"),
        ),
        (
            "refuse_withdrawal",
            (D.WITHDRAWAL_REVIEW,),
            D.PUBLISHED,
            "reviewer",
            _("Refuse the withdrawal"),
        ),
        (
            "announce_withdrawal",
            (D.WITHDRAWAL_REVIEW,),
            D.WITHDRAWN,
            "reviewer",
            _("Announce the withdrawal"),
        ),
        ("expire", OPEN, D.EXPIRED, "clock", _("End with the declared date")),
        ("terminate", OPEN, D.TERMINATED, "clock", _("End with the patent")),
    ],
    permits={
        D.DRAFT: {"edit", "delete", "consent"},
        D.CORRECTION: {"edit", "consent"},
        D.REJECTED: {"begin_again"},
        D.PUBLISHED: {"take_up", "new_terms", "show"},
        D.SUSPENDED: {"show"},
        D.WITHDRAWAL_REVIEW: {"take_up", "show"},  # open until announced (Patent Law Art. 50)
        D.WITHDRAWN: {"show"},
        D.EXPIRED: {"show"},
        D.TERMINATED: {"show"},
    },
    labels={
        D.DRAFT: _("Draft"),
        D.SUBMITTED: _("Submitted"),
        D.UNDER_REVIEW: _("Under review"),
        D.CORRECTION: _("Returned for correction"),
        D.DEEMED_NOT_FILED: _("Deemed not filed"),
        D.REJECTED: _("Rejected"),
        D.APPROVED: _("Approved, about to be published"),
        D.PUBLISHED: _("Open"),
        D.SUSPENDED: _("Suspended"),
        D.WITHDRAWAL_REVIEW: _("Withdrawal under review"),
        D.WITHDRAWN: _("Withdrawn"),
        D.EXPIRED: _("Expired"),
        D.TERMINATED: _("Ended with the patent"),
    },
    final=(D.DEEMED_NOT_FILED, D.REJECTED, D.WITHDRAWN, D.EXPIRED, D.TERMINATED),
)


class TermsState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    CORRECTION = "correction"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"
    DEEMED_NOT_FILED = "deemed_not_filed"


T = TermsState
TERMS_PENDING = (T.SUBMITTED, T.UNDER_REVIEW, T.CORRECTION, T.APPROVED)

TERMS_VERSION = Lifecycle(
    "terms version",
    TermsState,
    initial=T.DRAFT,
    moves=[
        ("submit", (T.DRAFT,), T.SUBMITTED, "declarer", _("Submit the terms")),
        ("claim", (T.SUBMITTED,), T.UNDER_REVIEW, "reviewer", _("Start the review")),
        ("release", (T.UNDER_REVIEW,), T.SUBMITTED, "reviewer", _("Put back into the queue")),
        ("return", (T.UNDER_REVIEW,), T.CORRECTION, "reviewer", _("Return for correction")),
        ("resubmit", (T.CORRECTION,), T.SUBMITTED, "declarer", _("Submit again unchanged")),
        ("replace", (T.CORRECTION,), T.SUPERSEDED, "declarer", _("Submit corrected terms")),
        ("lapse", (T.CORRECTION,), T.DEEMED_NOT_FILED, "clock", _("Deem not filed")),
        ("reject", (T.UNDER_REVIEW,), T.REJECTED, "reviewer", _("Reject the terms")),
        ("approve", (T.UNDER_REVIEW,), T.APPROVED, "reviewer", _("Approve the terms")),
        ("undo_approval", (T.APPROVED,), T.UNDER_REVIEW, "reviewer", _("Undo the approval")),
        ("take_back", TERMS_PENDING, T.TAKEN_BACK, "declarer", _("Take the terms back")),
        ("enact", (T.APPROVED,), T.IN_FORCE, "clock", _("Put into force")),
        ("supersede", (T.IN_FORCE,), T.SUPERSEDED, "clock", _("Replace by a newer version")),
    ],
    permits={T.DRAFT: {"edit"}, T.IN_FORCE: {"take_up", "record_cnipa"}},
    labels={
        T.DRAFT: _("Draft"),
        T.SUBMITTED: _("Submitted"),
        T.UNDER_REVIEW: _("Under review"),
        T.CORRECTION: _("Returned for correction"),
        T.APPROVED: _("Approved, about to be published"),
        T.IN_FORCE: _("In force"),
        T.SUPERSEDED: _("Superseded"),
        T.REJECTED: _("Rejected"),
        T.TAKEN_BACK: _("Taken back"),
        T.DEEMED_NOT_FILED: _("Deemed not filed"),
    },
    final=(T.SUPERSEDED, T.REJECTED, T.TAKEN_BACK, T.DEEMED_NOT_FILED),
)


class CnipaStatus(StrEnum):
    """The national axis beside the platform's: only CNIPA's announcement makes a statutory license."""

    NOT_FILED = "not_filed"
    FILED = "filed"
    ANNOUNCED = "announced"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


C = CnipaStatus
CNIPA = Lifecycle(
    "CNIPA status",
    CnipaStatus,
    initial=C.NOT_FILED,
    moves=[
        ("file", (C.NOT_FILED, C.REFUSED), C.FILED, "officer", _("Record the filing")),
        ("announce", (C.FILED,), C.ANNOUNCED, "officer", _("Record the announcement")),
        ("refuse", (C.FILED,), C.REFUSED, "officer", _("Record the refusal")),
        ("withdraw", (C.FILED, C.ANNOUNCED), C.WITHDRAWN, "officer", _("Record the withdrawal")),
    ],
    permits={C.ANNOUNCED: {"statutory_badge"}},
    labels={
        C.NOT_FILED: _("Not filed with CNIPA"),
        C.FILED: _("Filed with CNIPA"),
        C.ANNOUNCED: _("Announced by CNIPA"),
        C.REFUSED: _("Refused by CNIPA"),
        C.WITHDRAWN: _("Withdrawn at CNIPA"),
    },
    final=(C.WITHDRAWN,),
)


class LicenseState(StrEnum):
    NOTICE_DRAFT = "notice_draft"
    NOTICE_DELIVERED = "notice_delivered"
    AWAITING_PAYMENT = "awaiting_payment"
    ON_HOLD = "on_hold"
    LAPSED = "lapsed"
    EFFECTIVE = "effective"
    IN_DEFAULT = "in_default"
    EXPIRED = "expired"
    ENDED_TRIAL = "ended_trial"
    ENDED_PATENT = "ended_patent"
    TERMINATED = "terminated"
    TERMINATED_FOR_BREACH = "terminated_for_breach"


L = LicenseState
ACTIVE = (L.EFFECTIVE, L.IN_DEFAULT)

LICENSE = Lifecycle(
    "license",
    LicenseState,
    initial=L.NOTICE_DRAFT,
    moves=[
        ("deliver", (L.NOTICE_DRAFT,), L.NOTICE_DELIVERED, "licensee", _("Sign and send the notice")),
        ("invoice", (L.NOTICE_DELIVERED,), L.AWAITING_PAYMENT, "system", _("Ask for payment")),
        ("activate", (L.NOTICE_DELIVERED,), L.EFFECTIVE, "system", _("Take effect without payment")),
        # From "lapsed" only for money that the bank booked in time and told of late.
        ("pay", (L.AWAITING_PAYMENT, L.LAPSED), L.EFFECTIVE, "system", _("Take effect on payment")),
        ("hold", (L.AWAITING_PAYMENT, L.LAPSED), L.ON_HOLD, "system", _("Keep the payment while suspended")),
        ("resume", (L.ON_HOLD,), L.EFFECTIVE, "system", _("Take effect after the suspension")),
        ("give_up", (L.ON_HOLD,), L.LAPSED, "system", _("Refund, the suspension was not ended")),
        ("lapse", (L.AWAITING_PAYMENT,), L.LAPSED, "clock", _("Lapse unpaid")),
        ("default", (L.EFFECTIVE,), L.IN_DEFAULT, "clock", _("Put in default")),
        ("cure", (L.IN_DEFAULT,), L.EFFECTIVE, "system", _("Cure the default")),
        (
            "terminate_for_breach",
            (L.IN_DEFAULT,),
            L.TERMINATED_FOR_BREACH,
            "licensor",
            _("Terminate for breach"),
        ),
        ("expire", ACTIVE, L.EXPIRED, "clock", _("End with the term")),
        ("end_with_patent", ACTIVE, L.ENDED_PATENT, "clock", _("End with the patent")),
        ("return_trial", (L.EFFECTIVE,), L.ENDED_TRIAL, "licensee", _("Return after the trial")),
        ("terminate", ACTIVE, L.TERMINATED, "licensee", _("Terminate")),
    ],
    permits={
        L.NOTICE_DRAFT: {"edit", "delete"},
        L.AWAITING_PAYMENT: {"pay"},
        L.EFFECTIVE: {"exploit", "report"},
        L.IN_DEFAULT: {"exploit", "report", "pay"},
    },
    labels={
        L.NOTICE_DRAFT: _("Notice in preparation"),
        L.NOTICE_DELIVERED: _("Notice delivered"),
        L.AWAITING_PAYMENT: _("Awaiting payment"),
        L.ON_HOLD: _("Paid, waiting for the suspension to end"),
        L.LAPSED: _("Lapsed unpaid"),
        L.EFFECTIVE: _("In effect"),
        L.IN_DEFAULT: _("In default"),
        L.EXPIRED: _("Expired"),
        L.ENDED_TRIAL: _("Ended after the trial"),
        L.ENDED_PATENT: _("Ended with the patent"),
        L.TERMINATED: _("Terminated"),
        L.TERMINATED_FOR_BREACH: _("Terminated for breach"),
    },
    final=(
        L.EXPIRED,
        L.ENDED_TRIAL,
        L.ENDED_PATENT,
        L.TERMINATED,
        L.TERMINATED_FOR_BREACH,
    ),
)
