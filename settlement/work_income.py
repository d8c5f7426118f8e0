"""What waits for somebody about distributions of income and invoices."""

from django.urls import reverse
from django.utils.translation import gettext

from foundation.core.work import WorkItem
from settlement import rules_income
from settlement.queries import income
from settlement.queries.invoices import invoices

SHOWN = 10


def my_work(membership) -> list[WorkItem]:
    """The institution: distributions to confirm, to publish, to answer or to pay; the seller: invoices to issue."""
    return [*_distributions(membership), *_invoices(membership)]


def _distributions(membership) -> list[WorkItem]:
    return [
        WorkItem(
            kind=gettext("Distribution of income"),
            title=f"{one.income} · {one.patent.title}",
            detail=f"{one.number} · {gettext(one.state_label)}",
            url=reverse("settlement:distribution", args=[one.number]),
            action=gettext("Continue"),
        )
        for one in income.distributions.to_do(membership)[:SHOWN]
    ]


def _invoices(membership) -> list[WorkItem]:
    rows = invoices.to_issue(membership)[:SHOWN]
    return [
        WorkItem(
            kind=gettext("Invoice to issue"),
            title=f"{one.gross} · {one.title}",
            detail=one.number,
            url=reverse("settlement:invoice", args=[one.number]),
            action=gettext("Note the invoice"),
        )
        for one in rows
        if rules_income.may_issue(membership, one)
    ]
