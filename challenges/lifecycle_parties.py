"""States and moves of a proposal, an expert's seat on a panel, an award and its milestones (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class ProposalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # sealed
    WITHDRAWN = "withdrawn"
    NOT_SUBMITTED = "not_submitted"  # the deadline passed
    DROPPED = "dropped"  # ended unread with its challenge
    OPENED = "opened"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    SCORED = "scored"
    SHORTLISTED = "shortlisted"
    REJECTED = "rejected"
    WINNER = "winner"
    RESERVE = "reserve"
    CONTRACTED = "contracted"
    FELL_THROUGH = "fell_through"  # selected, but no contract came of it: a reserve follows
    STOOD_DOWN = "stood_down"  # was in reserve until the contract was signed or the challenge ended


P = ProposalState
STANDING = tuple(state for state in ProposalState if state not in (P.WITHDRAWN, P.NOT_SUBMITTED, P.DROPPED))
OPENED_STATES = (
    P.OPENED, P.ELIGIBLE, P.INELIGIBLE, P.SCORED, P.SHORTLISTED, P.REJECTED, P.WINNER, P.RESERVE, P.CONTRACTED,
    P.FELL_THROUGH, P.STOOD_DOWN,
)  # fmt: skip
JUDGED = tuple(state for state in OPENED_STATES if state not in (P.OPENED, P.INELIGIBLE))  # what a panel reads

PROPOSAL = Lifecycle(
    "proposal",
    ProposalState,
    initial=P.DRAFT,
    moves=[
        ("submit", (P.DRAFT,), P.SUBMITTED, "solver", _("Submit, sealed")),
        ("replace", (P.SUBMITTED,), P.DRAFT, "solver", _("Replace it")),
        ("withdraw", (P.DRAFT, P.SUBMITTED), P.WITHDRAWN, "solver", _("Withdraw")),
        ("unseal", (P.SUBMITTED,), P.DRAFT, "system", _("Has to be submitted again: two shares are lost")),
        ("miss", (P.DRAFT,), P.NOT_SUBMITTED, "clock", _("Not submitted in time")),
        ("drop", (P.DRAFT, P.SUBMITTED), P.DROPPED, "system", _("End unread")),
        ("open", (P.SUBMITTED,), P.OPENED, "system", _("Open the proposal")),
        ("admit", (P.OPENED,), P.ELIGIBLE, "officer", _("Find eligible")),
        ("exclude", (P.OPENED,), P.INELIGIBLE, "officer", _("Find not eligible")),
        ("score", (P.ELIGIBLE,), P.SCORED, "system", _("Close the scoring")),
        ("shortlist", (P.SCORED,), P.SHORTLISTED, ("owner", "system"), _("Put on the shortlist")),
        ("reject", (P.SCORED, P.SHORTLISTED, P.RESERVE), P.REJECTED, ("owner", "system"), _("Do not choose")),
        ("win", (P.SHORTLISTED, P.RESERVE), P.WINNER, ("owner", "system"), _("Select as winner")),
        ("keep", (P.SHORTLISTED,), P.RESERVE, ("owner", "system"), _("Keep in reserve")),
        ("reconsider", (P.WINNER, P.RESERVE, P.REJECTED), P.SHORTLISTED, "system", _("Back on the shortlist")),
        ("contract", (P.WINNER,), P.CONTRACTED, "system", _("Conclude the contract")),
        ("stand_down", (P.RESERVE,), P.STOOD_DOWN, "system", _("Needed in reserve no longer")),
        ("fall_through", (P.WINNER,), P.FELL_THROUGH, "system", _("Give way to a reserve")),
    ],
    permits={
        P.DRAFT: {"edit", "hand_over"},
        P.SUBMITTED: {"replace", "withdraw"},
        P.OPENED: {"judge"},
        P.ELIGIBLE: {"score"},
        P.SHORTLISTED: {"talk"},
    },
    labels={
        P.DRAFT: _("Draft"),
        P.SUBMITTED: _("Submitted and sealed"),
        P.WITHDRAWN: _("Withdrawn"),
        P.NOT_SUBMITTED: _("Not submitted in time"),
        P.DROPPED: _("Ended unread with the challenge"),
        P.OPENED: _("Opened"),
        P.ELIGIBLE: _("Eligible"),
        P.INELIGIBLE: _("Not eligible"),
        P.SCORED: _("Scored"),
        P.SHORTLISTED: _("On the shortlist"),
        P.REJECTED: _("Not chosen"),
        P.WINNER: _("Winner"),
        P.RESERVE: _("In reserve"),
        P.CONTRACTED: _("Under contract"),
        P.FELL_THROUGH: _("No contract came of it"),
        P.STOOD_DOWN: _("In reserve no longer"),
    },
    final=(P.WITHDRAWN, P.NOT_SUBMITTED, P.DROPPED, P.INELIGIBLE, P.CONTRACTED, P.FELL_THROUGH, P.STOOD_DOWN),
)


class SeatState(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    RECUSED = "recused"
    DONE = "done"
    LAPSED = "lapsed"  # accepted, and not scored in time


T = SeatState
SEAT = Lifecycle(
    "panel seat",
    SeatState,
    initial=T.INVITED,
    moves=[
        ("accept", (T.INVITED,), T.ACCEPTED, "expert", _("Accept")),
        ("decline", (T.INVITED, T.ACCEPTED), T.DECLINED, ("expert", "officer"), _("Give the seat up")),
        ("expire", (T.INVITED,), T.EXPIRED, "clock", _("Not answered in time")),
        ("recuse", (T.INVITED, T.ACCEPTED, T.DONE), T.RECUSED, ("expert", "officer"), _("Step back for a conflict")),
        ("lapse", (T.ACCEPTED,), T.LAPSED, "clock", _("Not scored in time")),
        ("finish", (T.ACCEPTED,), T.DONE, "expert", _("Hand in all scores")),
    ],
    permits={T.ACCEPTED: {"score"}},
    labels={
        T.INVITED: _("Invited"),
        T.ACCEPTED: _("Seat accepted"),
        T.DECLINED: _("Seat given up"),
        T.EXPIRED: _("Not answered in time"),
        T.RECUSED: _("Stepped back for a conflict"),
        T.DONE: _("All scores handed in"),
        T.LAPSED: _("Not scored in time"),
    },
    final=(T.DECLINED, T.EXPIRED, T.RECUSED, T.LAPSED),
)
SITTING = (T.INVITED, T.ACCEPTED, T.DONE)
READING = (T.ACCEPTED, T.DONE)  # who reads the proposals


class AwardState(StrEnum):
    NOTICED = "noticed"
    CONTRACTING = "contracting"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    TERMINATED = "terminated"
    SET_ASIDE = "set_aside"


A = AwardState
AWARD = Lifecycle(
    "award",
    AwardState,
    initial=A.NOTICED,
    moves=[
        ("confirm", (A.NOTICED,), A.CONTRACTING, "clock", _("Confirm the award")),
        ("set_aside", (A.NOTICED,), A.SET_ASIDE, "officer", _("Set the award aside")),
        ("sign", (A.CONTRACTING,), A.RUNNING, "system", _("The contract is signed by both")),
        ("complete", (A.RUNNING,), A.COMPLETED, "system", _("Complete the work")),
        ("fail", (A.RUNNING,), A.FAILED, ("owner", "system"), _("Find the work failed")),
        ("terminate", (A.CONTRACTING, A.RUNNING), A.TERMINATED, ("owner", "officer"), _("Terminate the contract")),
    ],
    permits={A.CONTRACTING: {"negotiate", "sign"}, A.RUNNING: {"work"}, A.COMPLETED: {"track"}},
    labels={
        A.NOTICED: _("Public notice running"),
        A.CONTRACTING: _("Contract being made"),
        A.RUNNING: _("Work in progress"),
        A.COMPLETED: _("Completed"),
        A.FAILED: _("Failed"),
        A.TERMINATED: _("Terminated"),
        A.SET_ASIDE: _("Set aside"),
    },
    final=(A.COMPLETED, A.FAILED, A.TERMINATED, A.SET_ASIDE),
)


class MilestoneState(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    REWORK = "rework"
    ACCEPTED = "accepted"
    FAILED = "failed"
    ENDED = "ended"


M = MilestoneState
MILESTONE = Lifecycle(
    "milestone",
    MilestoneState,
    initial=M.PLANNED,
    moves=[
        ("start", (M.PLANNED,), M.DUE, "system", _("Start")),
        ("submit", (M.DUE, M.REWORK), M.SUBMITTED, "solver", _("Hand in the deliverable")),
        ("review", (M.SUBMITTED,), M.IN_REVIEW, "owner", _("Begin the acceptance")),
        ("accept", (M.IN_REVIEW,), M.ACCEPTED, "owner", _("Accept")),
        ("send_back", (M.IN_REVIEW,), M.REWORK, "owner", _("Send back for rework")),
        ("fail", (M.IN_REVIEW, M.DUE, M.REWORK), M.FAILED, ("owner", "system"), _("Find not met")),
        ("end", (M.PLANNED, M.DUE, M.SUBMITTED, M.IN_REVIEW, M.REWORK), M.ENDED, "system", _("End with the contract")),
    ],
    permits={
        M.DUE: {"deliver"},
        M.REWORK: {"deliver"},
        M.SUBMITTED: {"decide"},
        M.IN_REVIEW: {"decide", "measure"},
    },
    labels={
        M.PLANNED: _("Work not begun"),
        M.DUE: _("In work"),
        M.SUBMITTED: _("Handed in"),
        M.IN_REVIEW: _("Acceptance under way"),
        M.REWORK: _("Sent back for rework"),
        M.ACCEPTED: _("Acceptance passed"),
        M.FAILED: _("Not met"),
        M.ENDED: _("Ended with the contract"),
    },
    final=(M.ACCEPTED, M.FAILED, M.ENDED),
)
