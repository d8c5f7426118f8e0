"""The counts in the bars: made by the badge fragment, kept for a minute, only read by every other page."""

from django.core.cache import cache

from marketplace import work

SECONDS = 60


def _key(user, membership) -> str:
    return f"badges:{user.pk}:{membership.pk if membership else 0}"


def known(request) -> dict:
    """The counts of the last minute; empty where none are known. Never asks the database."""
    return cache.get(_key(request.user, getattr(request, "membership", None))) or {}


def refresh(request) -> dict:
    """Count afresh and keep the answer for a minute."""
    membership = getattr(request, "membership", None)
    counts = {
        "work": len(work.items_for(membership)),
        "notices": work.unread_notices(request.user),
        "known": True,
    }
    cache.set(_key(request.user, membership), counts, SECONDS)
    return counts
