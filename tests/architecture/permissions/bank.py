"""Bank accounts, statements and months: what the matrix needs, and the lines of its pages."""

from typing import Any

from foundation.core.clock import database_now
from settlement import services as settlement
from settlement.models import AccountingMonth
from tests.architecture.permissions.table import entry as e
from tests.factories import bank
from tests.factories.settlement import open_obligation

READ, WRITE, BOTH = "GET", "POST", "GET POST"
ALL, ACTS = "reads all money", "settles"

ENTRIES = [
    e("settlement:bank", READ, ALL),
    e("settlement:new_own_account", BOTH, ACTS),
    e("settlement:confirm_own_account", WRITE, ACTS, pk="own_account"),
    e("settlement:close_own_account", WRITE, ACTS, pk="own_account"),
    e("settlement:bank_days", READ, ALL, pk="own_account"),
    e("settlement:sign_days", WRITE, ACTS, pk="own_account"),
    e("settlement:bank_day", READ, ALL, pk="own_account", day="=2026-01-01"),
    e("settlement:new_statement", BOTH, ACTS),
    e("settlement:statement_import", READ, ACTS, pk="statement_import"),
    e("settlement:confirm_statement", WRITE, ACTS, pk="statement_import"),
    e("settlement:discard_statement", WRITE, ACTS, pk="statement_import"),
    e("settlement:bank_statement", READ, ALL, pk="bank_statement"),
    e("settlement:bank_queue", READ, ALL),
    e("settlement:bank_line", READ, ALL, pk="bank_line"),
    e("settlement:assign_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:return_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:park_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:unpark_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:tick_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:take_back_line", BOTH, ACTS, pk="bank_line"),
    e("settlement:months", READ, ALL),
    e("settlement:close_month", WRITE, ACTS),
    e("settlement:reopen_month", WRITE, ACTS, pk="month"),
    e("settlement:transfer", READ, "sees a transfer", order_id="transfer"),
]


def objects() -> dict[str, Any]:
    """One of each, the platform's own."""
    account = bank.own_account()
    [line] = bank.imported([bank.Row("1.00", "不明")], account)
    month = AccountingMonth.objects.create(
        month=bank.today().replace(year=2020, month=1, day=1), closed_at=database_now()
    )
    return {
        "own_account": account.pk,
        "bank_line": line.pk,
        "bank_statement": line.statement_id,
        "statement_import": line.statement.batch_id,
        "month": month.pk,
    }


def transfer(payer: Any) -> str:
    """A payment by transfer that waits; the order's id."""
    obligation = open_obligation(debtor=payer.organization)
    return settlement.start_payment(obligation=obligation, actor=payer, key="matrix", rail="bank_transfer").order_id
