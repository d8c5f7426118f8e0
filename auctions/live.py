"""Tells the live pages that a lot changed; they read the floor again."""

from django.conf import settings

from foundation.audit import instant


def channel() -> str:
    """The one channel of all lots."""
    return f"{settings.KAIXU_REDIS_PREFIX}:live:lots"


def publish(lot_id: int) -> None:
    """Say after the commit which lot changed; nothing else, so nothing can be out of date."""
    instant.publish_after_commit(channel(), str(lot_id))
