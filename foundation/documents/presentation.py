"""What a certificate page and a list of PDFs show: the owner of the subject answers, the page only prints.

The owner registers `certificate.view:<subject kind>` with a function of one `certificate`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from foundation.documents.models import Document


@dataclass(frozen=True)
class Row:
    """One fact: a label, its value and a small note below."""

    label: str
    value: str
    note: str = ""
    narrow: bool = False


@dataclass(frozen=True)
class CertificateView:
    """The present state of what is certified, in the reader's language.

    `state` is one of valid, pending, expired, terminated.
    """

    state: str
    headline: str
    summary: str
    rows: list[Row]
    history: list[tuple[date | datetime, str]] = field(default_factory=list)
    reason: str = ""


def file_rows(documents: Iterable[Document], labels: Mapping[str, Any]) -> list[dict[str, Any]]:
    """PDFs as rows of the file list; ``labels`` names their kinds."""
    return [
        {
            "name": labels.get(document.kind, document.kind),
            "url": reverse("documents:file", args=[document.file_id]),
            "size": document.file.size,
            "sha256": document.file.sha256,
        }
        for document in documents
    ]
