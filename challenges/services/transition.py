"""After the award: what came of the result, and an open license made from it in one step."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import Award, Outcome
from challenges.services.contracting import parties_of, side_of
from foundation import audit
from foundation.core import handlers
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.refs import Ref
from patents.models import Patent


@transaction.atomic
def tell(*, award: Award, kind: str, on: date, text: str, actor, patent: Patent | None = None) -> Outcome:
    """Either side says what came of the result. Raises NotAllowed, NotPossibleNow, Invalid."""
    award = lock_rows(award, share=True)
    if not side_of(award, actor):
        raise NotAllowed()
    if not award.permits("track"):
        raise NotPossibleNow(lifecycle="award", state=award.state, move="track", label=award.state_label)
    if kind not in Outcome.Kind.values:
        raise Invalid(_("Choose what it is."), field="kind")
    if not text.strip():
        raise Invalid(_("Describe it."), field="text")
    if on > local_date(database_now()):
        raise Invalid(_("This day lies in the future."), field="on")
    made = Outcome.objects.create(
        award=award, kind=kind, on=on, text=text.strip()[:1000], patent=patent, told_by_id=actor.user_id
    )
    facts = {"kind": kind, "patent": patent.number if patent else ""}
    told: dict[str, Any] = {"data": facts, "visibility": "public", "parties": parties_of(award)}
    audit.record("challenges.award.outcome_told", subject=award, actor=actor, **told)
    return made


@transaction.atomic
def open_license(*, award: Award, patent: Patent, actor) -> Any:
    """Draft an open license of a patent that came of the result, with what is known filled in.

    Returns the draft declaration. Raises NotAllowed, NotPossibleNow and what licenses raises.
    """
    if not award.permits("track"):
        raise NotPossibleNow(lifecycle="award", state=award.state, move="track", label=award.state_label)
    if actor is None or actor.organization_id not in patent.owner_ids() or not side_of(award, actor):
        raise NotAllowed()
    declaration = handlers.call("open_license.draft", patent=patent, filled={}, basis=Ref.of(award), actor=actor)
    kind, text = Outcome.Kind.OPEN_LICENSE, str(_("Offered as an open license"))
    tell(award=award, kind=kind, on=local_date(database_now()), text=text, actor=actor, patent=patent)
    return declaration
