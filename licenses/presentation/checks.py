"""Checks, remarks, files and history as pages show them."""

from dataclasses import dataclass

from django.urls import reverse

from accounts import history as accounts_history
from approvals import queries as reviews
from approvals.models import Correction, Review
from licenses.eligibility import CheckResult
from licenses.models import Declaration

FIRST = {"fail": 0, "unknown": 1, "warn": 2, "pass": 3}


@dataclass(frozen=True)
class Linked:
    """A result with the page where it is put right."""

    result: CheckResult
    remedy_url: str

    def __getattr__(self, name):
        return getattr(self.result, name)


def sorted_for_reading(results) -> list[CheckResult]:
    """Fail, unknown, warn, pass; each by code."""
    return sorted(results, key=lambda result: (FIRST[str(result.outcome)], result.code))


def with_links(results, declaration: Declaration) -> list[Linked]:
    """The results with links to the sections of a declaration."""
    return [
        Linked(result, reverse("licenses:declaration_section", args=[declaration.pk, result.section]))
        for result in results
    ]


def review_of(declaration: Declaration) -> Review | None:
    """The latest case about the declaration's terms."""
    terms = declaration.terms_versions.order_by("-version").first()
    return reviews.latest_review_of("licenses.terms", terms) if terms else None


def corrections_of(declaration: Declaration) -> list[Correction]:
    """The remarks of the last return, while they wait to be answered."""
    if declaration.state != "correction" and not declaration.permits("new_terms"):
        return []
    review = review_of(declaration)
    if review is None or review.state != "correction":
        return []
    decision = review.decisions.filter(outcome="return").order_by("-pk").first()
    return list(decision.corrections.all()) if decision else []


SECTION_OF_FIELD = {
    "price_standard": "price",
    "instalments": "price",
    "explanation": "price",
    "ceiling_reason": "price",
    "agency": "contact",
    "consents": "owners",
    "patent_dates": "patent",
}


def remark_on(declaration: Declaration, section: str) -> list[Correction]:
    """The remarks that belong to a section."""
    return [
        remark for remark in corrections_of(declaration) if SECTION_OF_FIELD.get(remark.field, remark.field) == section
    ]


def files_of(declaration: Declaration) -> list[dict]:
    """The attachments for the file list."""
    return [
        {
            "name": attachment.file.original_name,
            "url": reverse("documents:file", args=[attachment.file_id]),
            "size": attachment.file.size,
            "kind": attachment.get_kind_display(),
            "note": attachment.note,
        }
        for attachment in declaration.attachments.select_related("file")
    ]


def history(declaration: Declaration, membership, limit: int = 12) -> list[dict]:
    """What happened, as far as this reader may see it."""
    return accounts_history.entries(declaration, membership, limit)
