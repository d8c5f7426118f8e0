"""A patent that did not find its buyer elsewhere becomes an open license: a draft, filled in as far as it is known.

Handler "open_license.draft": an auction lot or a milestone calls it with the patent and its basis.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation import audit
from foundation.core.clock import database_now
from foundation.core.refs import Ref
from licenses.models import Declaration
from licenses.services.drafting import SECTIONS, autosave, draft_of, save_section, section_problems, start_draft


@transaction.atomic
def draft_from(*, patent: Any, basis: Ref, actor: Any, filled: Mapping[str, Mapping[str, Any]]) -> Declaration:
    """Begin a declaration for a patent and fill in what is given by section; the basis is kept in its history.

    A section that is complete is saved; another one stays as typed, for the patentee to finish. Promises and the
    contact's consent are never given here: a person gives them. What a draft of the organization says already stays.
    Raises what `start_draft` raises.
    """
    declaration = start_draft(number=patent.number, actor=actor)
    now = database_now()
    for section in SECTIONS:
        values = dict(filled.get(section, {}))
        if not values or section == "promises" or _is_begun(declaration, section):
            continue
        version = draft_of(declaration).version
        if section in ("price", "contact") or section_problems(declaration, section, values, now):
            typed = {name: "" if value is None else str(value) for name, value in values.items()}
            autosave(declaration=declaration, section=section, typed=typed, version=version, actor=actor)
        else:
            save_section(declaration=declaration, section=section, values=values, version=version, actor=actor)
    audit.record(
        "licenses.declaration.drafted_from",
        subject=declaration,
        actor=actor,
        data={"basis": str(basis), "basis_kind": basis.kind, "basis_id": basis.id, "patent": patent.number},
        parties=[declaration.patentee_id],
        now=now,
    )
    return declaration


def _is_begun(declaration: Declaration, section: str) -> bool:
    data = draft_of(declaration).data
    return section in data.get("sections", {}) or section in data.get("typed", {})
