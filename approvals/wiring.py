"""What approvals answers for and promises."""

from approvals import rules, services, work  # noqa: F401  (rules register themselves)
from approvals.lifecycle import State
from approvals.services.opening import NoReview, open_of
from foundation import audit
from foundation.audit import invariants
from foundation.core import handlers
from foundation.core.marks import _

PHRASES = {
    "approvals.review.opened": _("Case {number} was opened."),
    "approvals.review.claim": _("An officer took the case over."),
    "approvals.review.release": _("The case was put back into the queue."),
    "approvals.review.return": _("The case was returned for correction."),
    "approvals.review.decide": _("The case was decided."),
    "approvals.review.reopen": _("The approval was undone: {reason}"),
    "approvals.review.resubmit": _("The correction was submitted."),
    "approvals.review.withdraw": _("The case was taken back."),
    "approvals.review.withdraw_approved": _("The case was taken back after its approval."),
    "approvals.review.lapse": _("The case ended: no correction came in time."),
}

OWN_CASE = """
SELECT d.id, d.review_id FROM approvals_decision d JOIN approvals_review r ON r.id = d.review_id
WHERE d.maker_id = d.opener_id OR d.opener_id <> r.opener_user_id
"""
WITHOUT_DECISION = """
SELECT r.id, r.state FROM approvals_review r
WHERE r.state = 'decided' AND NOT EXISTS (
  SELECT 1 FROM approvals_decision d WHERE d.review_id = r.id AND d.outcome IN ('approve', 'reject')
)
"""


def resubmit(*, kind, subject, actor, new_subject=None):
    """Continue the returned case about a subject; None when no returned case is open any more."""
    try:
        review = open_of(kind, subject)
    except NoReview:
        return None
    if review.state != State.CORRECTION:
        return None
    return services.resubmit(review=review, actor=actor, subject=new_subject)


for name, template in PHRASES.items():
    audit.phrases.register(name, template)

handlers.register("review.open", services.open_review)
handlers.register("review.resubmit", resubmit)
handlers.register("my_work:approvals", work.items_for)

invariants.register("I16", "Nobody decides a case of their own.", OWN_CASE)
invariants.register("I16", "A decided case has its decision.", WITHOUT_DECISION)
