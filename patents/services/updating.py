"""Newer register data on patents that are here already: what the province receives from the register."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid
from foundation.core.locking import lock_rows
from patents.models import Patent
from patents.register_facts import CONSENTED, FACTS
from patents.services.mirroring import mirror

SOURCE = "register"


@transaction.atomic
def update_facts(
    *, patent: Patent, facts: Mapping[str, str], as_of: date, actor: Any, annual_fee_year: int | None = None
) -> Patent:
    """Take over what the register says as of a day (China); facts that are known as of a later day stay.

    ``annual_fee_year`` is the patent year up to which the annual fees are paid. Raises Invalid.
    """
    if as_of > local_date(database_now()):
        raise Invalid(_("This date lies in the future."), field="as_of")
    for name, value in facts.items():
        if value not in FACTS.get(name, ("", {}))[1] or value == CONSENTED:
            raise Invalid(_("This answer does not belong to this question."), field=name)
    patent = lock_rows(patent)
    day = as_of.isoformat()
    newer = {
        name: {"value": value, "as_of": day, "source": SOURCE}
        for name, value in facts.items()
        if patent.register_facts.get(name, {}).get("as_of", "") <= day
    }
    if not newer:
        return patent
    patent.register_facts = {**patent.register_facts, **newer}
    if "annual_fee" in newer:
        patent.annual_fee_year = annual_fee_year
    patent.save(update_fields=["register_facts", "annual_fee_year", "updated_at"])
    for name in newer:
        mirror(patent=patent, fact=name, on=as_of, source=SOURCE)
    audit.record(
        "patents.patent.facts_updated",
        subject=patent,
        actor=actor,
        data={"as_of": day, "facts": sorted(newer)},
        parties=patent.owner_ids(),
        visibility="public" if patent.grant_date else "parties",
    )
    return patent
