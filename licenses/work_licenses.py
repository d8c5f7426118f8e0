"""What waits for a member on the license side."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from foundation.core.clock import database_now
from foundation.core.work import WorkItem
from licenses.lifecycle import LicenseState
from licenses.queries import instalments, licenses


def items_for(membership) -> list[WorkItem]:
    """Fees to pay by their deadline, instalments that are late or due soon, notices that were begun and not sent."""
    if not account_rules.can(membership, "take_license"):
        return []
    taken = licenses.taken_by(membership)
    unpaid = taken.filter(state=LicenseState.AWAITING_PAYMENT).order_by("pay_by_at")
    drafts = taken.filter(state=LicenseState.NOTICE_DRAFT).order_by("pk")
    later = instalments.to_pay(membership, database_now())
    return [
        *(_to_pay(license) for license in unpaid[:50]),
        *(_instalment(obligation) for obligation in later[:50]),
        *(_to_send(draft) for draft in drafts[:20]),
    ]


def _to_pay(license) -> WorkItem:
    return WorkItem(
        kind=_("License fee to pay"),
        title=license.patent.title,
        detail=_("{number}: {fee}. Unpaid, the notice lapses.").format(number=license.number, fee=license.fee),
        url=reverse("settlement:obligation_detail", args=[license.obligation.number]),
        due_at=license.pay_by_at,
        action=_("Pay"),
    )


def _instalment(obligation) -> WorkItem:
    facts = {"number": obligation.ref_number, "amount": obligation.left, "no": obligation.position}
    return WorkItem(
        kind=_("Instalment to pay"),
        title=obligation.label,
        detail=_("{number}: instalment {no}, {amount}").format(**facts),
        url=reverse("settlement:obligation_detail", args=[obligation.number]),
        due_at=obligation.due_at,
        action=_("Pay"),
    )


def _to_send(draft) -> WorkItem:
    return WorkItem(
        kind=_("Notice in preparation"),
        title=draft.patent.title,
        detail=_("Nothing was sent yet"),
        url=reverse("licenses:uptake_details", args=[draft.pk]),
        action=_("Continue"),
    )
