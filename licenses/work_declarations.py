"""What waits for whom among declarations: corrections, consents, drafts nearly done."""

from django.urls import reverse
from django.utils.translation import gettext

from accounts.rules import can
from approvals.models import Review
from foundation.core.work import WorkItem
from licenses.lifecycle import DeclarationState
from licenses.models import Declaration
from licenses.queries import declarations

SHOWN = 20


def items_for(membership) -> list[WorkItem]:
    """The rows of "my work" for a membership, most urgent kinds first."""
    if not can(membership, "declare"):
        return []
    own = Declaration.objects.filter(patentee_id=membership.organization_id).select_related("patent")
    return [*_corrections(own), *_consents(membership), *_new_owners(membership), *_drafts(own)]


def _corrections(own) -> list[WorkItem]:
    returned = list(own.filter(state=DeclarationState.CORRECTION)[:SHOWN])
    due = {
        review.subject_number: review.correction_due_at
        for review in Review.objects.filter(
            kind="licenses.terms", state="correction", subject_number__in=[row.number for row in returned]
        )
    }
    return [
        WorkItem(
            kind=gettext("Correction of a declaration"),
            title=row.patent.title,
            detail=gettext("%(number)s: deemed not filed if it is not corrected in time") % {"number": row.number},
            url=reverse("licenses:declaration_task_list", args=[row.pk]),
            due_at=due.get(row.number),
            action=gettext("Correct"),
        )
        for row in returned
    ]


def _consents(membership) -> list[WorkItem]:
    return [
        WorkItem(
            kind=gettext("Consent of a co-owner"),
            title=row.patent.title,
            detail=gettext("%(name)s cannot submit without your consent") % {"name": row.patentee.display_name},
            url=reverse("licenses:declaration_consent", args=[row.pk]),
            action=gettext("Read and sign"),
        )
        for row in declarations.waiting_for_consent(membership)[:SHOWN]
    ]


def _new_owners(membership) -> list[WorkItem]:
    bought = (
        Declaration.objects.filter(
            state=DeclarationState.SUSPENDED,
            suspension_reason="owner_changed",
            patent__ownerships__organization_id=membership.organization_id,
            patent__ownerships__until_date__isnull=True,
        )
        .exclude(patentee_id=membership.organization_id)
        .select_related("patent")
    )
    return [
        WorkItem(
            kind=gettext("Declaration of a patent you acquired"),
            title=row.patent.title,
            detail=gettext("%(number)s is suspended until you take it over") % {"number": row.number},
            url=reverse("licenses:declaration_detail", args=[row.number]),
            action=gettext("Decide"),
        )
        for row in bought[:SHOWN]
    ]


def _drafts(own) -> list[WorkItem]:
    return [
        WorkItem(
            kind=gettext("Draft of a declaration"),
            title=row.patent.title,
            detail=gettext("Not submitted yet"),
            url=reverse("licenses:declaration_task_list", args=[row.pk]),
            action=gettext("Continue"),
        )
        for row in own.filter(state=DeclarationState.DRAFT).order_by("-updated_at")[:SHOWN]
    ]
