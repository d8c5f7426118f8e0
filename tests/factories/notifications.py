"""Events to tell about, and a kind of saved search over organizations."""

from contextlib import contextmanager

from accounts.models import Organization
from foundation import audit
from foundation.core.errors import Invalid
from notifications import searches

KIND = "tests.organization"


def happened(organization, actor, name="accounts.organization.verify", **data):
    """An event about the organization, as its owner's managers are told of it."""
    return audit.record(name, subject=organization, actor=actor, data=data, parties=[organization.pk])


def parse(query):
    """`q=...`; anything with "broken" in it cannot be read."""
    if "broken" in query:
        raise Invalid(field="query")
    return dict(part.split("=", 1) for part in query.split("&") if "=" in part)


@contextmanager
def search_kind(key=KIND):
    """Saved searches over organizations by name, published when they were made."""
    searches.register(
        key,
        label="Organizations",
        parse=parse,
        queryset=lambda params, membership: Organization.objects.filter(name__contains=params.get("q", "")),
        newest=lambda found, since: found.filter(created_at__gt=since),
        title=lambda one: one.name,
        detail=lambda one: one.uscc or "",
        url=lambda one: one.get_absolute_url(),
        list_url=lambda query: f"/organizations/?{query}",
        describe=lambda params: params.get("q") or "*",
        published_at=lambda one: one.created_at,
    )
    try:
        yield key
    finally:
        searches.unregister(key)
