"""What is stored about challenges."""

from challenges.models.award import Award, Payout, SelectionObjection
from challenges.models.challenge import Challenge, Criterion, Indicator, Mode, OwnershipRule, PlannedPayment
from challenges.models.milestone import Acceptance, Deliverable, Measurement, Milestone
from challenges.models.opening import HalfOpened, OpenerKey, Opening, Reopening, ShareHandedIn
from challenges.models.panel import Conflict, Draw, Expert, Feedback, Opinion, Score, Seat, TalkNote
from challenges.models.proposal import DraftFile, Member, OpenedProposal, Proposal, SealedCopy
from challenges.models.room import Attachment, NdaSignature, Question
from challenges.models.season import ListSeason
from challenges.models.transition import Outcome

__all__ = [
    "Acceptance",
    "Attachment",
    "Award",
    "Challenge",
    "Conflict",
    "Criterion",
    "Deliverable",
    "DraftFile",
    "Draw",
    "Expert",
    "Feedback",
    "HalfOpened",
    "Indicator",
    "ListSeason",
    "Measurement",
    "Member",
    "Milestone",
    "Mode",
    "NdaSignature",
    "OpenedProposal",
    "OpenerKey",
    "Opening",
    "Opinion",
    "Outcome",
    "OwnershipRule",
    "Payout",
    "PlannedPayment",
    "Proposal",
    "Question",
    "Reopening",
    "Score",
    "SealedCopy",
    "Seat",
    "SelectionObjection",
    "ShareHandedIn",
    "TalkNote",
]
