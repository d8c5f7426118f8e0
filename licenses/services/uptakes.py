"""Taking up an open license: notice, payment, effect (Patent Law Art. 51).

No step asks the patentee: the declaration is the offer, the delivered notice accepts it, and the
license takes effect at the later of notice and payment.
"""

import hashlib
import json
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from foundation import audit
from foundation.core import numbering
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import DomainError, StateChanged
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from licenses import eligibility
from licenses.lifecycle import LicenseState
from licenses.models import License
from licenses.models.license import LIVE_STATES
from licenses.services.effect import take_effect
from settlement import services as settlement

PURPOSE = "license.fee"


class OfferClosed(DomainError):
    """The declaration takes no notices now."""

    code = "offer_closed"
    message = _("This declaration takes no new notices: it is suspended, withdrawn or ended.")


class PartyNotVerified(DomainError):
    """The province has not confirmed who the licensee is."""

    code = "party_not_verified"
    message = _("Your organization must be verified before it can take a license.")


class OwnPatent(DomainError):
    """A patentee needs no license under its own patent."""

    code = "own_patent"
    message = _("Your organization owns this patent and needs no license for it.")


class AlreadyLicensed(DomainError):
    """One party holds one live license for a patent."""

    code = "already_licensed"
    message = _("Your organization already has a license or a pending notice for this patent.")


class TermsChanged(DomainError):
    """The terms that were read are not the ones in force."""

    code = "terms_changed"
    field = "terms_hash"
    message = _("The terms changed while you were reading. Read the new version, then sign again.")


class NoticeIncomplete(DomainError):
    """The law asks for a written notice; ours says what the patent will be used for."""

    code = "notice_incomplete"
    status = 400
    field = "intended_use"
    message = _("Say what the patent will be used for.")


class NotEligibleNow(DomainError):
    """A check of the patent fails or cannot be answered."""

    code = "not_eligible_now"
    message = _("The patent does not pass its checks now: {check}. No license can be taken until it does.")


def check_may_take(*, declaration, licensee, now) -> None:
    """Refuse who cannot take this license, with the reason.

    Raises OfferClosed, PartyNotVerified, OwnPatent, AlreadyLicensed. Nobody else is refused: the
    offer is made to any organization or person (Patent Law Art. 50).
    """
    if not declaration.accepts_notices or now >= end_of_local_day(declaration.offer_until):
        raise OfferClosed
    if not licensee.is_verified:
        raise PartyNotVerified
    if licensee.pk in declaration.patent.owner_ids():
        raise OwnPatent
    if License.objects.filter(
        patent_id=declaration.patent_id, licensee=licensee, state__in=LIVE_STATES
    ).exists():
        raise AlreadyLicensed


@transaction.atomic
def start_notice(*, declaration, actor) -> License:
    """A notice in preparation for the actor's organization; the one that exists is returned.

    Raises what `check_may_take` raises.
    """
    licensee = actor.organization
    check_may_take(declaration=declaration, licensee=licensee, now=database_now())
    license, _created = License.objects.get_or_create(
        declaration=declaration,
        licensee=licensee,
        state=LicenseState.NOTICE_DRAFT,
        defaults={
            "terms_version": declaration.current_terms,
            "patent": declaration.patent,
            "licensor": declaration.patentee,
            "contact_email": actor.user.email,
        },
    )
    return license


def save_notice(*, license, actor, intended_use, place_of_use, contact_email) -> License:
    """Keep the answers of a notice in preparation. Raises StateChanged once it was sent."""
    changed = License.objects.filter(pk=license.pk, state=LicenseState.NOTICE_DRAFT).update(
        intended_use=intended_use, place_of_use=place_of_use, contact_email=contact_email
    )
    if not changed:
        raise StateChanged
    license.refresh_from_db()
    return license


def deliver_notice(*, license, terms_hash, actor) -> License:
    """Sign and send the notice: it is delivered at the database's clock.

    A free license takes effect at once; otherwise the fee falls due at the end of the day
    `payment_days` after delivery (Asia/Shanghai). `terms_hash` is the hash of the terms that were
    read. Raises OfferClosed, TermsChanged, AlreadyLicensed, NoticeIncomplete, NotEligibleNow.
    """
    require_eligible(declaration=license.declaration, licensee=license.licensee)
    with transaction.atomic():
        # Shared: many firms take one license at once; a withdrawal asks for the row alone and waits.
        declaration = lock_rows(license.declaration, share=True)
        license = lock_rows(license)
        if license.state != LicenseState.NOTICE_DRAFT:
            raise StateChanged
        now = database_now()
        check_may_take(declaration=declaration, licensee=license.licensee, now=now)
        terms = declaration.current_terms
        if terms.content_hash != terms_hash:
            raise TermsChanged
        if not license.intended_use.strip():
            raise NoticeIncomplete
        license = _deliver(license, declaration, terms, actor, now)
        if license.fee_fen == 0:
            return take_effect(license=license, move="activate", now=now)
        return _ask_for_payment(license, terms, now)


def require_eligible(*, declaration, licensee) -> None:
    """Every check of the patent must pass, or warn, at every uptake: unknown is never a pass.

    Raises NotEligibleNow naming the first check that stops it.
    """
    results = eligibility.check(
        declaration, for_organization=licensee, now=database_now(), at_uptake=True
    )
    for result in results:
        if result.blocks:
            raise NotEligibleNow(check=result.title)


def _deliver(license, declaration, terms, actor, now) -> License:
    number = numbering.allocate("license", local_date(now).year)
    fee = terms.fee_on_notice
    same_group = account_rules.same_group(declaration.patentee, license.licensee)
    notice = {
        "license": number,
        "declaration": declaration.number,
        "terms_version": terms.version,
        "terms_sha256": terms.content_hash,
        "licensee": license.licensee_id,
        "intended_use": license.intended_use,
        "place_of_use": license.place_of_use,
        "delivered_at": now.isoformat(),
    }
    canonical = json.dumps(notice, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return audit.advance(
        license,
        "deliver",
        actor=actor,
        now=now,
        parties=license.party_ids,
        set={
            "number": number,
            "terms_version": terms,
            "licensor": declaration.patentee,
            "same_group": same_group,
            "signed_by_id": actor.user_id,
            "notice_sha256": hashlib.sha256(canonical.encode()).hexdigest(),
            "notice_delivered_at": now,
            "contract_formed_at": now,
            "fee_fen": fee.fen,
        },
        data={
            "declaration": declaration.number,
            "patent": license.patent.number,
            "terms_version": terms.version,
            "fee": fee,
            "same_group": same_group,
        },
    )


def _ask_for_payment(license, terms, now) -> License:
    pay_by_at = end_of_local_day(local_date(now) + timedelta(days=terms.payment_days))
    obligation = settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(license),
        debtor=license.licensee,
        creditor=license.licensor,
        amount=license.fee,
        due_at=pay_by_at,
        key=f"{PURPOSE}:{license.pk}",
        label=license.patent.title,
        actor=SYSTEM,
    )
    return audit.advance(
        license,
        "invoice",
        actor=SYSTEM,
        now=now,
        parties=license.party_ids,
        set={"obligation": obligation, "pay_by_at": pay_by_at},
        data={"obligation": obligation.number, "amount": license.fee},
    )


def discard_notice(*, license, actor) -> None:
    """Drop a notice that was never sent. Raises StateChanged once it was sent."""
    with transaction.atomic():
        license = lock_rows(license)
        if license.state != LicenseState.NOTICE_DRAFT:
            raise StateChanged
        license.delete()


ANSWERS = ("terms_hash", "intended_use", "place_of_use", "contact_email")


def take_up(*, declaration, actor, terms_hash, intended_use, place_of_use, contact_email) -> License:
    """The whole notice in one step, as the API sends it: begin, fill in, sign and deliver.

    Nothing stays behind when the notice is refused. Raises what `start_notice` and `deliver_notice` raise.
    """
    with transaction.atomic():
        license = start_notice(declaration=declaration, actor=actor)
        license = save_notice(
            license=license,
            actor=actor,
            intended_use=intended_use,
            place_of_use=place_of_use,
            contact_email=contact_email,
        )
        return deliver_notice(license=license, terms_hash=terms_hash, actor=actor)
