"""States and moves of a list season and of a challenge (pure). Proposals, panels, milestones: `lifecycle_parties`."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class SeasonState(StrEnum):
    DRAFT = "draft"
    COLLECTING = "collecting"
    RUNNING = "running"
    TRACKING = "tracking"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = SeasonState
SEASON = Lifecycle(
    "list season",
    SeasonState,
    initial=S.DRAFT,
    moves=[
        # move, from, to, by, the button says
        ("collect", (S.DRAFT,), S.COLLECTING, "officer", _("Call for challenges")),
        ("run", (S.COLLECTING,), S.RUNNING, "officer", _("End the call: the list runs")),
        ("track", (S.RUNNING,), S.TRACKING, "officer", _("Follow the results")),
        ("close", (S.TRACKING,), S.CLOSED, "officer", _("Close the list season")),
        ("cancel", (S.DRAFT, S.COLLECTING), S.CANCELLED, "officer", _("Cancel the list season")),
    ],
    permits={
        S.DRAFT: {"edit_rules"},
        S.COLLECTING: {"show", "propose", "publish"},
        S.RUNNING: {"show", "publish"},
        S.TRACKING: {"show"},
        S.CLOSED: {"show"},
    },
    labels={
        S.DRAFT: _("Draft"),
        S.COLLECTING: _("Collecting challenges"),
        S.RUNNING: _("The list runs"),
        S.TRACKING: _("Results are followed"),
        S.CLOSED: _("List season closed"),
        S.CANCELLED: _("Cancelled"),
    },
    final=(S.CLOSED, S.CANCELLED),
)


class ChallengeState(StrEnum):
    DRAFT = "draft"
    FORMAL_CHECK = "formal_check"
    EXPERT_CHECK = "expert_check"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"  # waits for the share of the bounty that must be secured first
    OPEN = "open"
    CLOSED_FOR_PROPOSALS = "closed_for_proposals"
    REVIEWING = "reviewing"
    SHORTLISTED = "shortlisted"
    SELECTED = "selected"
    PUBLIC_NOTICE = "public_notice"
    CONTRACTING = "contracting"
    IN_PROGRESS = "in_progress"
    FINAL_ACCEPTANCE = "final_acceptance"
    COMPLETED = "completed"
    NO_PROPOSAL = "no_proposal"
    NO_AWARD = "no_award"
    CANCELLED = "cancelled"
    FAILED = "failed"
    TERMINATED = "terminated"


C = ChallengeState
BEFORE_PUBLICATION = (C.DRAFT, C.FORMAL_CHECK, C.EXPERT_CHECK, C.RETURNED, C.REFUSED, C.APPROVED)
PUBLIC = tuple(state for state in ChallengeState if state not in BEFORE_PUBLICATION)
IN_CHECK = (C.FORMAL_CHECK, C.EXPERT_CHECK)
SEALED = (C.OPEN, C.CLOSED_FOR_PROPOSALS)  # nobody reads a proposal, nor learns how many there are

CHALLENGE = Lifecycle(
    "challenge",
    ChallengeState,
    initial=C.DRAFT,
    moves=[
        ("submit", (C.DRAFT,), C.FORMAL_CHECK, "owner", _("Submit for the formal check")),
        ("return", (C.FORMAL_CHECK, C.EXPERT_CHECK), C.RETURNED, "officer", _("Return for correction")),
        ("resubmit", (C.RETURNED,), C.FORMAL_CHECK, "owner", _("Submit again")),
        ("take_back", (C.FORMAL_CHECK, C.RETURNED), C.DRAFT, "owner", _("Take back")),
        ("lapse", (C.RETURNED,), C.REFUSED, "clock", _("Not corrected in time")),
        ("pass_formal", (C.FORMAL_CHECK,), C.EXPERT_CHECK, "officer", _("Pass on to the expert check")),
        ("refuse", (C.FORMAL_CHECK, C.EXPERT_CHECK), C.REFUSED, "officer", _("Refuse the challenge")),
        ("approve", (C.EXPERT_CHECK,), C.APPROVED, "officer", _("Approve")),
        ("publish", (C.APPROVED,), C.OPEN, ("system", "officer"), _("Publish in the list")),
        ("not_secured", (C.APPROVED,), C.CANCELLED, "clock", _("Bounty not secured in time")),
        ("extend", (C.OPEN, C.NO_PROPOSAL), C.OPEN, "owner", _("Extend the deadline")),
        ("close", (C.OPEN,), C.CLOSED_FOR_PROPOSALS, "clock", _("Close for proposals")),
        ("reopen", (C.CLOSED_FOR_PROPOSALS,), C.OPEN, "officer", _("Take proposals again: two shares are lost")),
        ("open_proposals", (C.CLOSED_FOR_PROPOSALS,), C.REVIEWING, "system", _("Open the proposals")),
        ("find_none", (C.CLOSED_FOR_PROPOSALS,), C.NO_PROPOSAL, ("clock", "system"), _("No proposal came")),
        ("shortlist", (C.REVIEWING,), C.SHORTLISTED, "owner", _("Publish the shortlist")),
        ("select", (C.SHORTLISTED,), C.SELECTED, "owner", _("Select the winners")),
        ("give_notice", (C.SELECTED,), C.PUBLIC_NOTICE, "officer", _("Give public notice")),
        ("reconsider", (C.SELECTED, C.PUBLIC_NOTICE), C.SHORTLISTED, "officer", _("Set the selection aside")),
        ("confirm", (C.PUBLIC_NOTICE,), C.CONTRACTING, "clock", _("Confirm the selection")),
        ("promote", (C.CONTRACTING,), C.PUBLIC_NOTICE, ("owner", "officer"), _("Let a reserve follow")),
        ("start_work", (C.CONTRACTING,), C.IN_PROGRESS, "system", _("Start the work")),
        ("go_final", (C.IN_PROGRESS,), C.FINAL_ACCEPTANCE, "system", _("Go to the final acceptance")),
        ("complete", (C.FINAL_ACCEPTANCE,), C.COMPLETED, "system", _("Complete")),
        ("award_none", (C.REVIEWING, C.SHORTLISTED), C.NO_AWARD, "owner", _("Award nobody")),
        ("end_without", (C.NO_PROPOSAL,), C.CANCELLED, ("owner", "clock"), _("End without a proposal")),
        ("cancel", (C.APPROVED, C.OPEN), C.CANCELLED, ("owner", "officer"), _("Cancel the challenge")),
        ("fail", (C.CONTRACTING, C.IN_PROGRESS, C.FINAL_ACCEPTANCE), C.FAILED, "system", _("The work failed")),
        (
            "terminate",
            (C.CONTRACTING, C.IN_PROGRESS, C.FINAL_ACCEPTANCE),
            C.TERMINATED,
            ("system", "officer"),
            _("Terminate"),
        ),
    ],
    permits={
        C.DRAFT: {"edit", "delete"},
        C.RETURNED: {"edit"},
        C.APPROVED: {"fund"},
        C.OPEN: {"show", "ask", "answer", "sign_nda", "propose"},
        C.CLOSED_FOR_PROPOSALS: {"show", "open_proposals"},
        C.REVIEWING: {"show", "check_eligibility", "draw", "score"},
        C.SHORTLISTED: {"show", "talk", "visit"},
        C.SELECTED: {"show"},
        C.PUBLIC_NOTICE: {"show", "object"},
        C.CONTRACTING: {"show", "contract"},
        C.IN_PROGRESS: {"show", "work"},
        C.FINAL_ACCEPTANCE: {"show", "work"},
        C.COMPLETED: {"show", "track"},
        C.NO_PROPOSAL: {"show"},
        C.NO_AWARD: {"show"},
        C.CANCELLED: {"show"},
        C.FAILED: {"show"},
        C.TERMINATED: {"show"},
    },
    labels={
        C.DRAFT: _("Draft"),
        C.FORMAL_CHECK: _("Formal check"),
        C.EXPERT_CHECK: _("Expert check"),
        C.RETURNED: _("Returned for correction"),
        C.REFUSED: _("Refused"),
        C.APPROVED: _("Approved, bounty to be secured"),
        C.OPEN: _("Open for proposals"),
        C.CLOSED_FOR_PROPOSALS: _("Closed for proposals"),
        C.REVIEWING: _("Proposals under review"),
        C.SHORTLISTED: _("Shortlist published"),
        C.SELECTED: _("Winners selected"),
        C.PUBLIC_NOTICE: _("Public notice running"),
        C.CONTRACTING: _("Contract being made"),
        C.IN_PROGRESS: _("Work in progress"),
        C.FINAL_ACCEPTANCE: _("Final acceptance"),
        C.COMPLETED: _("Completed"),
        C.NO_PROPOSAL: _("No proposal came"),
        C.NO_AWARD: _("Nobody was awarded"),
        C.CANCELLED: _("Cancelled"),
        C.FAILED: _("Failed"),
        C.TERMINATED: _("Terminated"),
    },
    final=(C.REFUSED, C.COMPLETED, C.NO_AWARD, C.CANCELLED, C.FAILED, C.TERMINATED),
)
