"""What waits for somebody about payouts, refund requests and disputes, and what a second person is shown."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.core.money import Money
from foundation.core.work import WorkItem
from settlement import queries, rules
from settlement.lifecycle_disputes import RequestState
from settlement.lifecycle_payouts import PayoutState
from settlement.models import OwnEntry, PayoutAccount, PayoutRun, RefundRequest, RuleProposal
from settlement.queries.outgoing import disputes_waiting_for
from settlement.services import bank_accounts, own_books, refund_requests, rule_proposals, runs, taking_back

SHOWN = 10


def my_work(membership: Any) -> list[WorkItem]:
    """Finance: failed payouts, approved runs, requests; either side: a dispute to answer."""
    found = [
        WorkItem(
            kind=gettext("Dispute"),
            title=f"{one.amount} · {one.obligation.number}",
            detail=gettext(one.state_label),
            url=one.get_absolute_url(),
            action=gettext("Answer"),
            due_at=one.due_at,
        )
        for one in disputes_waiting_for(membership)[:SHOWN]
    ]
    return found + (_finance(membership) if rules.may_settle(membership) else [])


def _finance(membership: Any) -> list[WorkItem]:
    failed = queries.payouts.visible_to(membership).filter(state=PayoutState.FAILED)[:SHOWN]
    asked = queries.refund_requests.visible_to(membership).filter(state="requested").order_by("pk")[:SHOWN]
    ready = queries.runs.visible_to(membership).filter(state="approved").order_by("pk")[:SHOWN]
    return [
        *(
            WorkItem(kind=gettext("Failed payout"), title=f"{one.amount} · {one.holder}", detail=one.problem,
                     url=reverse("settlement:payout", args=[one.number]), action=gettext("Clarify"))
            for one in failed
        ),
        *(
            WorkItem(kind=gettext("Refund request"), title=f"{one.amount} · {one.obligation.number}",
                     detail=one.get_kind_display(), url=one.get_absolute_url(), action=gettext("Review"))
            for one in asked
        ),
        *(
            WorkItem(kind=gettext("Payout run"), title=one.number, detail=gettext(one.state_label),
                     url=one.get_absolute_url(), action=gettext("Send"))
            for one in ready
        ),
    ]  # fmt: skip


def account_facts(*, review: Any) -> dict:
    """The account somebody wants to be paid to, beside the one used so far."""
    row = PayoutAccount.objects.select_related("organization").get(pk=review.subject_id)
    former = bank_accounts.account_of(row.organization_id)
    same = row.holder in (row.organization.name, row.organization.name_en)
    return _facts(
        "",
        (_("Organization"), row.organization.name, "organization", None),
        (_("Account holder"), row.holder, "holder", same),
        (_("Account number"), row.full_number, "number", None),
        (_("Bank and branch"), row.bank_name, "bank_name", None),
        (_("Bank code (CNAPS)"), row.bank_code, "bank_code", None),
        (_("Account used so far"), str(former) if former else "—", "former", None),
    )


def run_facts(*, review: Any) -> dict:
    """How many payouts, how much, the largest of them."""
    run = PayoutRun.objects.get(pk=review.subject_id)
    count, total = runs.totals(run)
    largest = run.payouts.exclude(state=PayoutState.DROPPED).order_by("-amount_fen")[:5]
    rows = [
        (_("Payouts"), str(count), "count", None),
        (_("Total"), str(total), "total", None),
        (_("Sent by"), gettext("File for the bank") if run.rail == "file" else run.rail, "rail", None),
        (_("Note"), run.note or "—", "note", None),
    ]
    rows += [(_("Among the largest"), f"{one.amount} · {one.holder} {one.number_masked}", f"payout-{one.pk}", None)
             for one in largest]  # fmt: skip
    return _facts(run.get_absolute_url(), *rows)


def request_facts(*, review: Any) -> dict:
    """What is asked back, what finance would grant, and why."""
    row = RefundRequest.objects.select_related("obligation__debtor", "obligation__creditor").get(pk=review.subject_id)
    granted, left = row.granted or Money(0, row.currency), taking_back.can_go_back(row.obligation)
    return _facts(
        row.get_absolute_url(),
        (_("Payer"), row.obligation.debtor.name, "payer", None),
        (_("Payee"), row.obligation.creditor.name, "payee", None),
        (_("Paid for"), f"{row.obligation.amount} · {row.obligation.number}", "obligation", None),
        (_("Reason"), row.get_kind_display(), "kind", None),
        (_("What happened"), row.text, "text", None),
        (_("Amount asked for"), str(row.amount), "asked", None),
        (_("Amount granted"), str(granted), "granted", granted == row.amount),
        (_("Can still go back"), str(left), "left", granted <= left if row.state == RequestState.REVIEWED else None),
        (_("Opinion of finance"), row.opinion, "opinion", None),
    )


def own_entry_facts(*, review: Any) -> dict:
    """What is to be booked in the own books."""
    row = OwnEntry.objects.select_related("target").get(pk=review.subject_id)
    return _facts(
        reverse("settlement:own_books"),
        (_("Kind of entry"), row.get_kind_display(), "kind", None),
        (_("Amount"), str(row.amount), "amount", None),
        (_("Reason"), row.text, "text", None),
        (_("Entry to reverse"), str(row.target) if row.target else "—", "target", None),
    )


def rule_facts(*, review: Any) -> dict:
    """What a rule of tax or fee would say, and what holds now."""
    row = RuleProposal.objects.get(pk=review.subject_id)
    fee = row.family == RuleProposal.Family.FEE
    return _facts(
        reverse("settlement:tax_rules"),
        (_("Rule for"), row.label, "about", None),
        (_("Rate"), f"{row.rate_bp / 100:g} %", "rate", None),
        (_("Rate now"), queries.rate_now(row), "rate_now", None),
        (_("Valid from"), row.valid_from.isoformat(), "valid_from", None),
        *(((_("At least"), str(row.minimum), "minimum", None),) if fee else ()),
        *(((_("At most"), str(row.cap or "—"), "cap", None),) if fee else ()),
        *(((_("Why nothing is due"), row.exempt_reason, "exempt_reason", None),) if row.exempt_reason else ()),
        (_("Source"), row.source, "source", None),
    )


def _facts(url: str, *rows: tuple) -> dict:
    return {"sections": list(rows), "checks": [], "blocking": False, "url": url}


FACTS = {
    bank_accounts.REVIEW: account_facts,
    runs.REVIEW: run_facts,
    refund_requests.REVIEW: request_facts,
    own_books.REVIEW: own_entry_facts,
    rule_proposals.REVIEW: rule_facts,
}
