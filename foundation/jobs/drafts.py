"""Drafts: saved while somebody types, never silently overwritten."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.jobs.models import Draft


class DraftStale(DomainError):
    """Somebody else, or another tab, saved a newer version; `draft` holds it."""

    code = "draft_stale"
    message = _("This draft was saved elsewhere in the meantime. Compare the two versions.")

    def __init__(self, draft: Draft):
        self.draft = draft
        super().__init__(version=draft.version)


def open_draft(*, organization_id: int, kind: str, key: str) -> Draft:
    """The organization's draft of this kind and key, made empty (version 0) if there is none."""
    draft, _created = Draft.objects.get_or_create(
        organization_id=organization_id, kind=kind, key=key, defaults={"saved_at": database_now()}
    )
    return draft


@transaction.atomic
def save(*, draft: Draft, data: dict[str, Any], version: int, actor: Any) -> Draft:
    """Store what was typed on top of `version`. Raises DraftStale if that is not the latest. Leaves no history row."""
    changed = Draft.objects.filter(pk=draft.pk, version=version).update(
        data=data, version=version + 1, saved_by=actor.user_id, saved_at=database_now()
    )
    if not changed:
        raise DraftStale(Draft.objects.get(pk=draft.pk))
    draft.refresh_from_db()
    return draft


def discard(*, draft: Draft) -> None:
    """Drop a draft that was turned into something."""
    Draft.objects.filter(pk=draft.pk).delete()
