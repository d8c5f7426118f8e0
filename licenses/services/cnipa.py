"""The national axis: what CNIPA did with a terms version, noted by the officer with gazette number and date."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.lifecycle import UnlawfulMove
from foundation.core.locking import lock_rows
from licenses.lifecycle import CNIPA, CnipaStatus
from licenses.models import Declaration, TermsVersion
from licenses.rules import in_charge
from licenses.services.suspending import parties_of

MOVES = tuple(dict.fromkeys(move.name for move in CNIPA.moves))


@transaction.atomic
def record_cnipa(
    *, terms: TermsVersion, move: str, on: date, actor, reference: str = "", reason: str = ""
) -> TermsVersion:
    """Note a step of the national procedure: ``move`` is file, announce, refuse or withdraw.

    The announcement needs gazette number and date; only it makes the license statutory (Patent Law Art. 50).
    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    declaration, terms = lock_rows(terms.declaration, terms)
    terms.declaration = declaration
    if not in_charge(actor, declaration):
        raise NotAllowed()
    now = database_now()
    if not terms.permits("record_cnipa"):
        raise NotPossibleNow(lifecycle="terms version", state=terms.state, move=move, label=gettext(terms.state_label))
    target = _target(terms, move)
    if on > local_date(now) or on < declaration.patent.grant_date:
        raise Invalid(_("The day lies in the future, or before the grant of the patent."), field="on")
    if target in (CnipaStatus.ANNOUNCED, CnipaStatus.WITHDRAWN) and not reference.strip():
        raise Invalid(_("Enter the number of the gazette."), field="reference")
    if target == CnipaStatus.REFUSED and not reason.strip():
        raise Invalid(_("Enter the reason that CNIPA gave."), field="reason")
    before = terms.cnipa_status
    terms.cnipa_status, terms.cnipa_date = str(target), on
    terms.cnipa_reference, terms.cnipa_reason = reference.strip(), reason.strip()
    terms.save(update_fields=["cnipa_status", "cnipa_date", "cnipa_reference", "cnipa_reason"])
    if declaration.current_terms_id == terms.pk:
        Declaration.objects.filter(pk=declaration.pk).update(is_statutory=terms.is_statutory)
    audit.record(
        f"licenses.declaration.cnipa_{target}",
        subject=declaration,
        actor=actor,
        reason=reason.strip(),
        data={"version": terms.version, "reference": reference.strip(), "day": on.isoformat()},
        before={"cnipa": before},
        after={"cnipa": str(target)},
        parties=parties_of(declaration),
        visibility="public" if declaration.published_at else "parties",
        now=now,
    )
    return terms


def _target(terms: TermsVersion, move: str) -> CnipaStatus:
    try:
        return CNIPA.target(terms.cnipa_status, move)
    except (UnlawfulMove, ValueError) as error:
        label = gettext(CNIPA.labels[CnipaStatus(terms.cnipa_status)])
        raise NotPossibleNow(lifecycle="CNIPA status", state=terms.cnipa_status, move=move, label=label) from error
