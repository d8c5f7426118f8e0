"""What can be done with cases."""

from approvals.services.correcting import lapse, lapse_due, remark, remove_remark
from approvals.services.deciding import claim, decide, release, undo_approval
from approvals.services.opening import open_review, resubmit, withdraw

__all__ = [
    "claim",
    "decide",
    "lapse",
    "lapse_due",
    "open_review",
    "release",
    "remark",
    "remove_remark",
    "resubmit",
    "undo_approval",
    "withdraw",
]
