"""What waits for finance at the bank, and what a second person is shown before a month is reopened."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.work import WorkItem
from settlement import queries, rules
from settlement.banklifecycle import OwnAccountState
from settlement.models import AccountingMonth


def my_work(membership) -> list[WorkItem]:
    """Finance: lines of statements to clarify, and bank accounts somebody else proposed."""
    if not rules.may_settle(membership):
        return []
    items = []
    waiting = queries.bank_lines.queue(membership).count()
    if waiting:
        items.append(
            WorkItem(
                kind=gettext("Bank lines to clarify"),
                title=gettext("{n} lines of bank statements").format(n=waiting),
                url=reverse("settlement:bank_queue"),
                action=gettext("Clarify"),
            )
        )
    proposed = queries.own_accounts.visible_to(membership).filter(state=OwnAccountState.PROPOSED)
    items += [
        WorkItem(
            kind=gettext("Own bank account"),
            title=str(account),
            url=reverse("settlement:bank"),
            action=gettext("Confirm the account"),
        )
        for account in proposed.exclude(proposed_by_id=membership.user_id)[:5]
    ]
    return items


def month_facts(*, review) -> dict:
    """What the second person sees."""
    month = AccountingMonth.objects.get(pk=review.subject_id)
    rows = [
        (_("Month"), month.number, "month", None),
        (_("Reason"), month.reason or "—", "reason", None),
    ]
    return {"sections": rows, "checks": [], "blocking": False, "url": reverse("settlement:months")}
