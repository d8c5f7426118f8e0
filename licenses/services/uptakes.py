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
from licenses.lifecycle import LicenseState
from licenses.models import License
from licenses.services import instalments
from licenses.services.effect import end_of, take_effect
from licenses.services.may_take import check_may_take, require_eligible
from licenses.services.notice_drafts import save_notice, start_notice
from settlement import services as settlement

PURPOSE = instalments.FIRST_PURPOSE


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


def deliver_notice(*, license, terms_hash, actor) -> License:
    """Sign and send the notice: it is delivered at the database's clock.

    A free license takes effect at once; otherwise the fee falls due at the end of the day
    `payment_days` after delivery (Asia/Shanghai), or of the license's last possible day where that
    is earlier. `terms_hash` is the hash of the terms that were read. Raises OfferClosed,
    TermsChanged, AlreadyLicensed, NoticeIncomplete, NotEligibleNow.
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


def _last_day_to_pay(license, terms, today):
    """`payment_days` from now, but never after the license itself would end: nobody pays for a term that is over."""
    last = today + timedelta(days=terms.payment_days)
    return min(last, end_of(license, starts_on=last))


def _ask_for_payment(license, terms, now) -> License:
    pay_by_at = end_of_local_day(_last_day_to_pay(license, terms, local_date(now)))
    obligation = _open_fee(license, terms, pay_by_at)
    return audit.advance(
        license,
        "invoice",
        actor=SYSTEM,
        now=now,
        parties=license.party_ids,
        set={"obligation": obligation, "pay_by_at": pay_by_at},
        data={"obligation": obligation.number, "amount": license.fee},
    )


def _open_fee(license, terms, pay_by_at):
    """The whole fee, or the first of its instalments."""
    if terms.offer.instalments:
        return instalments.ask_for_first(license=license, pay_by_at=pay_by_at)
    return settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(license),
        debtor=license.licensee,
        creditor=license.licensor,
        amount=license.fee,
        due_at=pay_by_at,
        key=f"{PURPOSE}:{license.pk}",
        label=license.patent.title_zh_hans,
        actor=SYSTEM,
    )


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
