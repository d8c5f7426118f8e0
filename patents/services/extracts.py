"""Register extracts: the owner shows a paper, an officer confirms what it says."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.documents.services import accept_upload
from patents import rules
from patents.models import Patent, RegisterExtract
from patents.register_facts import FACTS, value_label
from patents.services.mirroring import mirror

VALID_DAYS = 180
OLDEST_DAYS = 90


class ExtractTooOld(Invalid):
    """The extract says nothing about today."""

    code, field = "extract_too_old", "extract_date"
    message = _("The extract must not be older than {days} days.")


class ExtractDecided(DomainError):
    """An officer has decided already."""

    code = "extract_decided"
    message = _("This extract has already been decided.")


@transaction.atomic
def submit_extract(
    *, patent: Patent, fact: str, value: str, extract_date: date, upload: Any, actor: Any
) -> RegisterExtract:
    """Hand in an extract of the register. It counts once an officer has confirmed it.

    Raises Invalid (fact, value, date), ExtractTooOld, documents' FileRefused and its kin, NotAllowed.
    """
    if not rules.may_keep(actor, patent):
        raise NotAllowed()
    if value not in FACTS.get(fact, ("", {}))[1]:
        raise Invalid(_("This answer does not belong to this question."), field="value")
    today = local_date(database_now())
    if extract_date > today:
        raise Invalid(_("This date lies in the future."), field="extract_date")
    if extract_date < today - timedelta(days=OLDEST_DAYS):
        raise ExtractTooOld(days=OLDEST_DAYS)
    extract = RegisterExtract.objects.create(
        patent=patent,
        fact=fact,
        value=value,
        extract_date=extract_date,
        valid_until=extract_date + timedelta(days=VALID_DAYS),
        document=accept_upload(upload=upload, actor=actor),
        submitted_by_id=actor.user_id,
        organization_id=actor.organization_id,
    )
    _record("submitted", extract, actor)
    return extract


@transaction.atomic
def confirm_extract(*, extract: RegisterExtract, actor: Any) -> RegisterExtract:
    """An officer found the extract genuine. Raises ExtractDecided, NotAllowed."""
    extract = _open_for(extract, actor)
    extract.confirmed_by_id, extract.confirmed_at = actor.user_id, database_now()
    extract.save(update_fields=["confirmed_by", "confirmed_at"])
    mirror(patent=lock_rows(extract.patent), fact=extract.fact, on=extract.extract_date, source="extract")
    _record("confirmed", extract, actor)
    return extract


@transaction.atomic
def refuse_extract(*, extract: RegisterExtract, reason: str, actor: Any) -> RegisterExtract:
    """An officer does not accept the extract and says why. Raises Invalid, ExtractDecided, NotAllowed."""
    if not reason.strip():
        raise Invalid(_("Say why the extract is refused."), field="reason")
    extract = _open_for(extract, actor)
    extract.refused_by_id, extract.refused_at, extract.refusal_reason = actor.user_id, database_now(), reason[:500]
    extract.save(update_fields=["refused_by", "refused_at", "refusal_reason"])
    _record("refused", extract, actor, reason)
    return extract


def _open_for(extract: RegisterExtract, actor: Any) -> RegisterExtract:
    extract = lock_rows(extract)
    if not rules.may_confirm_extract(actor, extract):
        raise NotAllowed()
    if not extract.is_open:
        raise ExtractDecided()
    return extract


def _record(verb: str, extract: RegisterExtract, actor: Any, reason: str = "") -> None:
    with translation.override("en"):  # stored as marked; the reader's language is chosen when it is read
        fact, value = str(FACTS[extract.fact][0]), str(value_label(extract.fact, extract.value))
    audit.record(
        f"patents.extract.{verb}",
        subject=extract.patent,
        actor=actor,
        data={
            "extract": extract.pk,
            "fact": fact,
            "value": value,
            "sha256": extract.document.sha256,
        },
        reason=reason,
        parties=[extract.organization_id],
    )
