"""May this patent be offered, on these terms, to this organization? E01-E15, each with rule, source and date.

Unknown is never a pass: it blocks the approval until an officer confirmed an extract of the register.
"""

from licenses.eligibility.engine import CODES, check, counts
from licenses.eligibility.results import CheckResult, Outcome

__all__ = ["CODES", "CheckResult", "Outcome", "check", "counts"]
