"""Verification of an organization by the province: states and moves (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class State(StrEnum):
    UNVERIFIED = "unverified"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    REFUSED = "refused"
    EXPIRED = "expired"


VERIFICATION = Lifecycle(
    "verification",
    State,
    initial=State.UNVERIFIED,
    moves=[
        # move, from, to, by, the button says
        (
            "submit",
            (State.UNVERIFIED, State.RETURNED, State.REFUSED, State.EXPIRED),
            State.SUBMITTED,
            "organization_manager",
            _("Submit for verification"),
        ),
        ("return", (State.SUBMITTED,), State.RETURNED, "verifier", _("Return for correction")),
        ("verify", (State.SUBMITTED,), State.VERIFIED, "verifier", _("Verify")),
        ("refuse", (State.SUBMITTED,), State.REFUSED, "verifier", _("Refuse verification")),
        (
            "amend",
            (State.VERIFIED, State.EXPIRED),
            State.UNVERIFIED,
            "organization_manager",
            _("Change verified details"),
        ),
        # The administration's own bodies, and organizations whose papers it holds already.
        ("enroll", (State.UNVERIFIED,), State.VERIFIED, "system", _("Enroll")),
        ("expire", (State.VERIFIED,), State.EXPIRED, "clock", _("Let the verification expire")),
    ],
    permits={
        State.UNVERIFIED: {"edit_identity"},
        State.RETURNED: {"edit_identity"},
        State.REFUSED: {"edit_identity"},
        State.EXPIRED: {"edit_identity"},
        State.VERIFIED: {"take_part"},
    },
    labels={
        State.UNVERIFIED: _("Not verified"),
        State.SUBMITTED: _("Verification under review"),
        State.RETURNED: _("Returned for correction"),
        State.VERIFIED: _("Verified"),
        State.REFUSED: _("Verification refused"),
        State.EXPIRED: _("Verification expired"),
    },
)
