"""States and moves of a review (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class State(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    CORRECTION = "correction"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN = (State.QUEUED, State.CLAIMED, State.CORRECTION)

REVIEW = Lifecycle(
    "review",
    State,
    initial=State.QUEUED,
    moves=[
        # move, from, to, by, the button says
        ("claim", (State.QUEUED,), State.CLAIMED, "reviewer", _("Claim")),
        ("release", (State.CLAIMED,), State.QUEUED, "reviewer", _("Put back into the queue")),
        ("return", (State.CLAIMED,), State.CORRECTION, "reviewer", _("Return for correction")),
        ("decide", (State.CLAIMED,), State.DECIDED, "reviewer", _("Decide")),
        ("reopen", (State.DECIDED,), State.CLAIMED, "reviewer", _("Undo the approval")),
        ("resubmit", (State.CORRECTION,), State.QUEUED, "opener", _("Submit again")),
        ("withdraw", OPEN, State.WITHDRAWN, "opener", _("Take back")),
        ("withdraw_approved", (State.DECIDED,), State.WITHDRAWN, "opener", _("Take back before publication")),
        ("lapse", (State.CORRECTION,), State.LAPSED, "clock", _("Deem not filed")),
    ],
    permits={State.CLAIMED: {"comment", "decide"}, State.QUEUED: {"claim"}},
    labels={
        State.QUEUED: _("Waiting"),
        State.CLAIMED: _("Under review"),
        State.CORRECTION: _("Returned for correction"),
        State.DECIDED: _("Decided"),
        State.WITHDRAWN: _("Taken back"),
        State.LAPSED: _("Not corrected in time"),
    },
    final=(State.WITHDRAWN, State.LAPSED),
)
