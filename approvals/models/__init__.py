"""What the administration decides, and what it said."""

from approvals.models.decisions import Correction, Decision, Outcome
from approvals.models.reviews import Review

__all__ = ["Correction", "Decision", "Outcome", "Review"]
