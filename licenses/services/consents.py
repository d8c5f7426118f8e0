"""Consents of co-owners, online or on paper, bound to what is offered (domain: all patentees must agree)."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, NotAllowed, NotPossibleNow, NotVisible
from foundation.core.locking import lock_rows
from foundation.documents import services as documents
from licenses.models import Attachment, CoOwnerConsent, Declaration
from licenses.services.drafting import draft_of, offer_of

WITHDRAW = CoOwnerConsent.Purpose.WITHDRAW


class OfferIncomplete(DomainError):
    """Nobody can agree to terms that are not written yet."""

    code = "offer_incomplete"
    message = _("Price, term and other matters have to be saved first: the consent refers to them.")


class ConsentUsed(DomainError):
    """What was submitted rests on it."""

    code = "consent_used"
    message = _("The declaration was submitted with this consent. Ask the patentee to take it back first.")


def share_of(declaration: Declaration, organization_id: int):
    """The ownership by which an organization is a co-owner. Raises NotVisible."""
    for share in declaration.patent.current_owners():
        if share.organization_id == organization_id and organization_id != declaration.patentee_id:
            return share
    raise NotVisible()


def _digest(declaration: Declaration, purpose: str) -> str:
    if purpose == WITHDRAW:
        return declaration.current_terms.content_hash if declaration.current_terms else "withdraw"
    offer = offer_of(declaration)
    if any(not offer.of(section) for section in ("price", "term", "other")):
        raise OfferIncomplete()
    return offer.digest


def _keep(declaration, share, actor, purpose, document=None) -> CoOwnerConsent:
    needed = "show" if purpose == WITHDRAW else "consent"
    open_terms = purpose != WITHDRAW and declaration.permits("new_terms")
    if not declaration.permits(needed) and not open_terms:
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="consent")
    now = database_now()
    consent, made = CoOwnerConsent.objects.get_or_create(
        declaration=declaration,
        purpose=purpose,
        ownership=share,
        terms_digest=_digest(declaration, purpose),
        revoked_at=None,
        defaults={
            "signed_at": now,
            "signed_by_id": actor.user_id,
            "organization_id": actor.organization_id,
            "document": document,
        },
    )
    if made:
        audit.record(
            "licenses.declaration.consented",
            subject=declaration,
            actor=actor,
            data={"owner": share.display_name, "purpose": purpose, "digest": consent.terms_digest},
            parties={declaration.patentee_id, actor.organization_id},
            now=now,
        )
    return consent


@transaction.atomic
def sign_consent(*, declaration: Declaration, actor, purpose: str = "declare") -> CoOwnerConsent:
    """A co-owner's organization agrees online to what the draft offers now, or to the withdrawal.

    A repeat returns the consent that is there. Raises NotAllowed, NotVisible, OfferIncomplete, NotPossibleNow.
    """
    if not can(actor, "declare"):
        raise NotAllowed()
    declaration = lock_rows(declaration)
    return _keep(declaration, share_of(declaration, actor.organization_id), actor, purpose)


@transaction.atomic
def upload_consent(*, declaration: Declaration, ownership_id: int, upload, actor, purpose: str = "declare"):
    """The patentee uploads the signed consent of a co-owner that is not on the platform. Raises as `sign_consent`."""
    if not can(actor, "declare", declaration.patentee):
        raise NotAllowed()
    declaration = lock_rows(declaration)
    shares = {share.pk: share for share in declaration.patent.current_owners()}
    share = shares.get(ownership_id)
    if share is None or share.organization_id == declaration.patentee_id:
        raise NotVisible()
    file = documents.accept_upload(upload=upload, actor=actor, party_ids=[declaration.patentee_id])
    Attachment.objects.create(
        declaration=declaration,
        kind=Attachment.Kind.OWNER_CONSENT,
        file=file,
        note=share.display_name[:200],
        uploaded_by_id=actor.user_id,
    )
    return _keep(declaration, share, actor, purpose, document=file)


@transaction.atomic
def revoke_consent(*, declaration: Declaration, actor) -> None:
    """A co-owner takes its consent back before the declaration was submitted. Raises ConsentUsed, NotAllowed."""
    if not can(actor, "declare"):
        raise NotAllowed()
    share = share_of(declaration, actor.organization_id)
    declaration = lock_rows(declaration)
    if not declaration.permits("consent"):
        raise ConsentUsed()
    now = database_now()
    found = CoOwnerConsent.objects.filter(declaration=declaration, ownership=share, purpose="declare", revoked_at=None)
    if found.update(revoked_at=now):
        audit.record(
            "licenses.declaration.consent_revoked",
            subject=declaration,
            actor=actor,
            data={"owner": share.display_name},
            parties={declaration.patentee_id, actor.organization_id},
            now=now,
        )


@transaction.atomic
def attach(*, declaration: Declaration, kind: str, upload, actor, note: str = "") -> Attachment:
    """Add paper to a declaration that can be edited. Raises NotAllowed, NotPossibleNow, the errors of uploads."""
    if not can(actor, "declare", declaration.patentee):
        raise NotAllowed()
    if not declaration.permits("edit"):
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="attach")
    draft_of(declaration)
    file = documents.accept_upload(upload=upload, actor=actor, party_ids=[declaration.patentee_id])
    return Attachment.objects.create(
        declaration=declaration, kind=kind, file=file, note=note[:200], uploaded_by_id=actor.user_id
    )
