"""Sentences that are stored in English and translated when somebody reads them."""

from typing import Any

from django.utils.translation import override


def source(message: Any) -> str:
    """The English source of a lazy message, whatever language is active."""
    with override("en"):
        return str(message)
