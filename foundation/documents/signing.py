"""The door to the platform's seal. pyHanko takes half a second to load, and only workers and uploads need it."""

from importlib import import_module

PADES = "foundation.documents.pades"


def seal(pdf: bytes, *, reason: str) -> bytes:
    """The PDF with the platform's signature appended; the original bytes stay a prefix of it."""
    return import_module(PADES).seal(pdf, reason=reason)


def is_readable_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF with pages that opens without a password."""
    return import_module(PADES).is_readable_pdf(content)
