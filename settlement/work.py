"""What waits for somebody at money's desk, and what a second person is shown."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.work import WorkItem
from settlement import queries, rules
from settlement.models import Case

SHOWN = 10


def my_work(membership) -> list[WorkItem]:
    """Finance: money to clarify. What a licensee has to pay is shown by the owner of the purpose, with its object."""
    if not rules.may_settle(membership):
        return []
    return [
        WorkItem(
            kind=gettext("Money to clarify"),
            title=f"{case.payment.received} · {case.get_kind_display()}",
            detail=case.payment.transaction_id or "",
            url=reverse("settlement:case", args=[case.pk]),
            action=gettext("Clarify"),
        )
        for case in queries.cases.visible_to(membership).filter(state="open").order_by("pk")[:SHOWN]
    ]


def review_facts(*, review) -> dict:
    """What the second person sees before money goes back."""
    case = Case.objects.select_related("payment__obligation__debtor").get(pk=review.subject_id)
    payment = case.payment
    owed = payment.obligation
    rows = [
        (_("Why it waits"), case.get_kind_display(), "kind", None),
        (_("Amount received"), str(payment.received), "received", None),
        (_("Bank reference"), payment.transaction_id, "transaction", None),
        (_("Proposed"), case.get_resolution_display(), "resolution", None),
        (_("Note"), case.note or "—", "note", None),
    ]
    if owed is not None:
        agrees = payment.received == owed.amount
        rows.insert(2, (_("Amount owed"), f"{owed.amount} · {owed.number}", "owed", agrees))
        rows.insert(3, (_("Payer"), owed.debtor.name, "payer", None))
    return {"sections": rows, "checks": [], "blocking": False, "url": reverse("settlement:case", args=[case.pk])}
