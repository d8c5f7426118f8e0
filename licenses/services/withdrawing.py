"""Withdrawal: asked for, reviewed, announced at the database's clock under the declaration's lock.

Patent Law Art. 50(2): takes effect with the announcement and touches no license; a notice delivered before that
instant keeps its right to pay.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from approvals import queries as reviews
from approvals import services as approvals
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses.models import CoOwnerConsent, Declaration, WithdrawalRequest
from licenses.services.suspending import is_by_check, parties_of, recheck
from patents import encumbrances

REVIEW_KIND = "licenses.withdrawal"
REVIEW_WORKDAYS = 5
REASON_LIMIT = 1_000


class WithdrawalConsentMissing(DomainError):
    """All co-owners have to agree to the withdrawal too."""

    code = "withdrawal_consent_missing"
    message = _("These co-owners have not agreed to the withdrawal yet: {names}.")


def missing_consents(declaration: Declaration) -> list[str]:
    """Names of co-owners who have not agreed to the withdrawal."""
    agreed = set(
        declaration.consents.filter(purpose=CoOwnerConsent.Purpose.WITHDRAW, revoked_at=None).values_list(
            "ownership_id", flat=True
        )
    )
    return [
        share.display_name
        for share in declaration.patent.current_owners()
        if share.organization_id != declaration.patentee_id and share.pk not in agreed
    ]


@transaction.atomic
def request_withdrawal(*, declaration: Declaration, reason: str, actor) -> WithdrawalRequest:
    """Ask to withdraw an open offer. It stays open until the withdrawal is announced.

    Raises Invalid (no reason), WithdrawalConsentMissing, NotAllowed, NotPossibleNow.
    """
    if not can(actor, "declare", declaration.patentee):
        raise NotAllowed()
    if not reason.strip() or len(reason) > REASON_LIMIT:
        raise Invalid(_("Give the reason for the withdrawal in at most 1,000 characters."), field="reason")
    declaration, now = lock_rows(declaration), database_now()
    if any(row.outcome == "pending" for row in declaration.withdrawals.all()):
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="request_withdrawal")
    missing = missing_consents(declaration)
    if missing:
        raise WithdrawalConsentMissing(names="、".join(missing))
    audit.advance(
        declaration,
        "request_withdrawal",
        actor=actor,
        reason=reason.strip(),
        parties=parties_of(declaration),
        now=now,
    )
    request = WithdrawalRequest.objects.create(
        declaration=declaration, reason=reason.strip(), requested_by_id=actor.user_id, requested_at=now
    )
    approvals.open_review(
        kind=REVIEW_KIND,
        subject=Ref.of(request),
        title=declaration.patent.title_zh_hans,
        actor=actor,
        organization=declaration.patentee,
        city=declaration.patentee.city,
        workdays=REVIEW_WORKDAYS,
    )
    return request


@transaction.atomic
def cancel_withdrawal(*, declaration: Declaration, actor) -> Declaration:
    """The patentee changes its mind before the announcement. Raises NotAllowed, NotPossibleNow."""
    request = declaration.withdrawals.filter(outcome="pending").first()
    if request is None:
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="cancel_withdrawal")
    review = reviews.open_review_of(REVIEW_KIND, request)
    if review is not None:
        approvals.withdraw(review=review, actor=actor)
    declaration = lock_rows(declaration)
    _decided(request, WithdrawalRequest.Outcome.CANCELLED, database_now())
    return _back(declaration, "cancel_withdrawal", actor, "")


def _back(declaration, move, actor, reason) -> Declaration:
    """Open again, or suspended again if what it was suspended for still holds."""
    suspended = declaration.suspended_at, declaration.suspension_reason
    again = "suspend_on_check" if suspended[0] is not None and is_by_check(declaration) else "suspend"
    parties = parties_of(declaration)
    audit.advance(declaration, move, actor=actor, reason=reason, parties=parties, set={"suspended_at": None})
    if suspended[0] is not None:
        audit.advance(
            declaration,
            again,
            actor=CLOCK,
            reason=suspended[1],
            parties=parties,
            visibility="public",
            set={"suspended_at": suspended[0], "suspension_reason": suspended[1]},
        )
    return recheck(declaration=declaration)


def _decided(request, outcome, now) -> None:
    request.outcome, request.decided_at = outcome, now
    request.save(update_fields=["outcome", "decided_at"])


def on_decided(*, review, decision, actor) -> None:
    """Announce or refuse, in the decision's transaction. A return for correction refuses nothing yet."""
    request = WithdrawalRequest.objects.select_related("declaration").get(pk=review.subject_id)
    declaration, request = lock_rows(request.declaration, request)
    now = database_now()  # read under the lock: the instant of the announcement
    if decision.outcome == "approve":
        _announce(declaration, request, actor, now)
    else:
        _decided(request, WithdrawalRequest.Outcome.REFUSED, now)
        _back(declaration, "refuse_withdrawal", actor, decision.text)


def _announce(declaration, request, actor, now) -> None:
    _decided(request, WithdrawalRequest.Outcome.ANNOUNCED, now)
    audit.advance(
        declaration,
        "announce_withdrawal",
        actor=actor,
        reason=request.reason,
        parties=parties_of(declaration),
        visibility="public",
        set={"ended_at": now, "suspended_at": None},
        now=now,
    )
    encumbrances.lift(
        declaration.patent,
        "open_declaration",
        basis=Ref.of(declaration),
        actor=actor,
        reason="announce_withdrawal",
        now=now,
    )
