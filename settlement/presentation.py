"""How money is put on pages: rows, sentences, statements; no rules."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from accounts.history import entries as entries_of
from foundation.core import handlers
from foundation.core.actors import Actor
from foundation.core.clock import LOCAL
from foundation.core.display import moment
from foundation.core.marks import _
from foundation.core.money import Money
from settlement import queries, rules
from settlement.models import JournalEntry, Obligation

STATEMENT = (
    _("Payment number"),
    _("For"),
    _("Reference"),
    _("Payer"),
    _("Payee"),
    _("Direction"),
    _("Amount (CNY)"),
    _("State"),
    _("Pay by"),
    _("Paid"),
    _("Released"),
)
PPM_A_PERCENT = 10_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def url_of(obligation: Obligation) -> str:
    """The page of what it is owed for; empty where its owner has none."""
    key = f"obligation.url:{obligation.purpose}"
    try:
        return handlers.call(key, obligation=obligation) if handlers.has(key) else ""
    except (LookupError, NoReverseMatch):
        return ""


def cost_rows(obligation: Obligation) -> list[dict]:
    """The whole cost, what was paid of it, and when the money moves on."""
    rows = [
        {"label": gettext("For"), "value": obligation.label, "note": obligation.ref_number, "url": url_of(obligation)},
        {"label": gettext(obligation.purpose_row.label), "value": str(obligation.amount),
         "note": obligation.part_of_schedule},
        {"label": gettext("Platform fee"), "value": str(Money(0, obligation.currency)),
         "note": gettext("The platform takes nothing from the payer.")},
        {"label": gettext("Total to pay"), "value": str(obligation.amount)},
        *_part_rows(obligation),
        {"label": gettext("Payer"), "value": obligation.debtor.display_name},
        {"label": gettext("Payee"), "value": obligation.creditor.display_name},
    ]  # fmt: skip
    if obligation.paid_at:
        rows.append({"label": gettext("Paid"), "value": moment(obligation.paid_at)})
    if obligation.released_at:
        rows.append({"label": gettext("Released to the payee"), "value": moment(obligation.released_at)})
    elif obligation.release_at and obligation.state == "paid":
        note = gettext("Unless the payer objects before.")
        rows.append({"label": gettext("Released from"), "value": moment(obligation.release_at), "note": note})
    return rows


def _part_rows(obligation: Obligation) -> list[dict]:
    """Part payments, the deposit behind it, and what paying late costs."""
    rows, paid = [], obligation.allocated
    if paid and obligation.state == "open":
        rows.append({"label": gettext("Paid so far"), "value": str(paid)})
        rows.append({"label": gettext("Left to pay"), "value": str(obligation.left)})
    if obligation.late_ppm_a_day and obligation.state == "open":
        rate = Decimal(obligation.late_ppm_a_day) / PPM_A_PERCENT
        rows.append(
            {
                "label": gettext("Fee for late payment"),
                "value": gettext("{rate} % of the overdue amount a day").format(rate=rate.normalize()),
                "note": gettext("At most {cap} % a year.").format(cap=obligation.late_cap_bp_a_year // 100),
            }
        )
    if obligation.late_for_id:
        other = obligation.late_for
        url = reverse("settlement:obligation_detail", args=[other.number])
        rows.append({"label": gettext("Late payment of"), "value": other.number, "url": url})
    if hasattr(obligation, "hold"):
        hold = obligation.hold
        note = gettext(hold.state_label)
        rows.append({"label": gettext("Still held"), "value": str(hold.left), "note": f"{hold.number} · {note}"})
    return rows  # fmt: skip


def ledger_rows(entries: Iterable[JournalEntry]) -> Iterator[dict]:
    """One row a posting: entry, sentence, account, debit, credit."""
    for entry in entries:
        for line in entry.postings.all():
            yield {
                "entry": entry,
                "sentence": gettext(entry.sentence),
                "account": line.account_id,
                "account_name": gettext(line.account.name),
                "party": line.party,
                "debit": Money(line.debit_fen, line.currency) if line.debit_fen else None,
                "credit": Money(line.credit_fen, line.currency) if line.credit_fen else None,
            }


def posting_row(posting) -> dict:
    """One posting of an account with its entry and sentence; ``amount`` is below zero where money went out."""
    return {
        "entry": posting.entry,
        "sentence": gettext(posting.entry.sentence),
        "amount": Money(posting.debit_fen - posting.credit_fen, posting.currency),
    }


def history(subject, membership, limit: int = 30) -> list[dict]:
    """What happened to an object of settlement; whoever sees all money sees all of its history."""
    viewer = membership
    if rules.sees_all(membership):
        viewer = Actor(membership.user_id, membership.organization_id, "auditor")
    return entries_of(subject, viewer, limit)


def timeline(obligation: Obligation, membership) -> list[dict]:
    """What happened to an obligation and its payments, newest first."""
    rows = history(obligation, membership)
    for payment in queries.payments.visible_to(membership).filter(obligation=obligation)[:10]:
        rows += [{**row, "filled": False} for row in history(payment, membership, 10)]
        for refund in payment.refunds.all()[:5]:
            rows += [{**row, "filled": False} for row in history(refund, membership, 10)]
    return sorted(rows, key=lambda row: row["at"], reverse=True)


def cell(value) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def statement(obligations: Iterable[Obligation], organization_id: int | None) -> Iterator[str]:
    """CSV with a byte order mark (spreadsheets read it as UTF-8): one row an obligation, amounts in yuan."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([gettext(name) for name in STATEMENT])
    yield "\ufeff" + buffer.getvalue()
    for one in obligations:
        buffer.seek(0)
        buffer.truncate()
        direction = gettext("out") if one.debtor_id == organization_id else gettext("in")
        moments = [
            at and at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") for at in (one.due_at, one.paid_at, one.released_at)
        ]
        facts = [one.number, one.label, one.ref_number, one.debtor.name, one.creditor.name, direction, one.amount.yuan]
        writer.writerow([cell(value) for value in (*facts, gettext(one.state_label), *moments)])
        yield buffer.getvalue()
