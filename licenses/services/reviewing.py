"""What the review of terms does to them and to their declaration. Runs inside the decision's transaction."""

from datetime import timedelta

from approvals.services.deciding import AlreadyPublished, publication_delay_minutes
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.locking import lock_rows
from licenses.lifecycle import DeclarationState, TermsState
from licenses.models import TermsVersion
from licenses.services.publishing import publish

RETURN, REJECT = "return", "reject"


def _locked(review) -> TermsVersion:
    terms = TermsVersion.objects.select_related("declaration").get(pk=review.subject_id)
    declaration, terms = lock_rows(terms.declaration, terms)
    terms.declaration = declaration
    return terms


def _first_version(declaration) -> bool:
    """Whether the declaration itself is under review, not only new terms of an open one."""
    return not declaration.permits("show")


def _advance(terms, move, *, actor, reason="", data=None, declaration_fields=None, terms_fields=None, now=None):
    declaration = terms.declaration
    parties = {declaration.patentee_id, *declaration.patent.owner_ids()}
    audit.advance(terms, move, actor=actor, reason=reason, data=data, parties=parties, set=terms_fields, now=now)
    if _first_version(declaration):
        audit.advance(
            declaration,
            move,
            actor=actor,
            reason=reason,
            data=data,
            parties=parties,
            set=declaration_fields,
            now=now,
        )


def on_claimed(*, review, actor) -> None:
    """An officer took the case: it is under review."""
    _advance(_locked(review), "claim", actor=actor)


def on_released(*, review, actor) -> None:
    """The case is back in the queue."""
    _advance(_locked(review), "release", actor=actor)


def on_decided(*, review, decision, actor) -> None:
    """Approve (and publish, after the delay), return for correction, or reject."""
    terms = _locked(review)
    data = {"reasons": list(decision.reasons), "version": terms.version}
    if decision.outcome in (RETURN, REJECT):
        _advance(terms, decision.outcome, actor=actor, reason=decision.text, data=data)
        return
    now = database_now()
    due = now + timedelta(minutes=publication_delay_minutes())
    fields = {"publish_due_at": due}
    _advance(terms, "approve", actor=actor, data=data, declaration_fields=fields, terms_fields=fields, now=now)
    if due <= now:
        publish(terms=terms)


def on_undone(*, review, actor, reason) -> None:
    """The approval is taken back before publication. Raises AlreadyPublished."""
    terms = _locked(review)
    if terms.state != TermsState.APPROVED:
        raise AlreadyPublished()
    fields = {"publish_due_at": None}
    _advance(terms, "undo_approval", actor=actor, reason=reason, declaration_fields=fields, terms_fields=fields)


def on_lapsed(*, review) -> None:
    """No correction came in time: deemed not filed (视为未提出)."""
    terms = _locked(review)
    if terms.state == TermsState.CORRECTION or terms.declaration.state == DeclarationState.CORRECTION:
        _advance(terms, "lapse", actor=CLOCK)
