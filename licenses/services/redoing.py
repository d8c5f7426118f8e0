"""After a rejection: a new draft with the entries of the declaration that was rejected."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.rules import can
from foundation.core.errors import NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.jobs import drafts
from licenses.models import Declaration
from licenses.services.drafting import draft_of, start_draft

# Statements and consents are given anew: they were made about what was rejected.
NOT_COPIED = {"promises"}


@transaction.atomic
def begin_again(*, declaration: Declaration, actor) -> Declaration:
    """A draft for the same patent with the entries of a rejected declaration; a draft that holds work stays as it is.

    The rejected declaration keeps its number and its history. Raises NotAllowed, NotPossibleNow, and as `start_draft`.
    """
    declaration = lock_rows(declaration)
    if not can(actor, "declare", declaration.patentee):
        raise NotAllowed()
    if not declaration.permits("begin_again"):
        label = gettext(declaration.state_label)
        raise NotPossibleNow(lifecycle="declaration", state=declaration.state, move="begin_again", label=label)
    made = start_draft(number=declaration.patent.number, actor=actor)
    draft = lock_rows(draft_of(made))
    if not draft.data.get("sections") and not draft.data.get("typed"):
        kept = draft_of(declaration).data.get("sections", {})
        sections = {name: values for name, values in kept.items() if name not in NOT_COPIED}
        drafts.save(draft=draft, data={**draft.data, "sections": sections}, version=draft.version, actor=actor)
    return made
