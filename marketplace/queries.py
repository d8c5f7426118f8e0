"""What the public front asks: figures, the latest declarations, the bulletin. Reads only what everybody may see."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from foundation import audit
from foundation.audit.models import Event, Visibility
from licenses.lifecycle import ACTIVE
from licenses.models import Declaration, License
from licenses.queries import licenses
from patents.queries import patents

PUBLISHED = "licenses.declaration.published"
NEW_TERMS = "licenses.termsversion.enact"
SUSPENDED = ("licenses.declaration.suspend", "licenses.declaration.suspend_on_check")
REOPENED = ("licenses.declaration.reinstate", "licenses.declaration.cure", "licenses.declaration.adopt")
WITHDRAWN = "licenses.declaration.announce_withdrawal"
ENDED = ("licenses.declaration.expire", "licenses.declaration.terminate")
KINDS = {
    "published": (PUBLISHED,),
    "changed": (NEW_TERMS,),
    "suspended": (*SUSPENDED, *REOPENED),
    "withdrawn": (WITHDRAWN, *ENDED),
}
BULLETIN = tuple(name for names in KINDS.values() for name in names)


def published() -> QuerySet[Declaration]:
    """Whatever was published once: its page stays public."""
    return Declaration.objects.filter(published_at__isnull=False)


def open_declarations() -> QuerySet[Declaration]:
    """The declarations that accept notices now, newest first."""
    shown = published().filter(state="published", suspended_at__isnull=True)
    return shown.select_related("patent", "patentee", "current_terms").order_by("-published_at", "-pk")


def figures() -> dict[str, int]:
    """The numbers of the home page: open and free declarations, granted patents, licenses that took effect."""
    opened = published().filter(state="published", suspended_at__isnull=True)
    return {
        "open": opened.count(),
        "free": opened.filter(price_method="free").count(),
        "patents": patents.visible_to(None).count(),
        "licenses": License.objects.filter(effective_at__isnull=False).count(),
    }


def recent_license() -> dict | None:
    """The three points of the most recent paid license, without its parties; None where there is none."""
    found = licenses.latest_public()
    if found is None:
        return None
    minutes = max(1, round((found.effective_at - found.notice_delivered_at) / timedelta(minutes=1)))
    return {"license": found, "patent": found.patent, "minutes": minutes, "hours": minutes // 60}


def bulletin(kind: str = "") -> QuerySet[Event]:
    """Public events of publication, new terms, suspension and withdrawal, newest first."""
    names = KINDS.get(kind, BULLETIN)
    return Event.objects.filter(name__in=names, visibility=Visibility.PUBLIC).order_by("-seq")


def declarations_of(events) -> dict[str, Declaration]:
    """The declarations that events are about, by number, with their patents, in one query."""
    numbers = {event.subject_number for event in events if event.subject_number}
    found = published().filter(number__in=numbers).select_related("patent", "patentee")
    return {declaration.number: declaration for declaration in found}


def organization_figures(membership) -> dict[str, int]:
    """Patents, open declarations, and licenses in force on either side, of the member's organization."""
    organization = membership.organization_id
    in_force = License.objects.filter(state__in=ACTIVE)
    return {
        "patents": patents.owned_by(organization).count(),
        "declarations": Declaration.objects.filter(patentee=organization, state="published").count(),
        "granted": in_force.filter(licensor=organization).count(),
        "taken": in_force.filter(licensee=organization).count(),
    }


def recent_events(membership, length: int = 6) -> list[Event]:
    """The newest events that concern the member's organization (the administration: all) and have words."""
    found = audit.queries.visible_to(membership).filter(name__in=audit.phrases.registered())
    if not membership.is_administration:
        own = membership.organization_id
        found = found.filter(Q(party_ids__contains=[own]) | Q(actor_organization_id=own))
    return list(found.order_by("-seq")[:length])
