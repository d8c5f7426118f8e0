"""What can be asked about money; views and APIs reach rows only through `visible_to`."""

from settlement.queries.balances import account_lines, balance, balances_by_account, equation, held_for, payable_to
from settlement.queries.records import cases, entries, entries_for, obligations, payments

__all__ = [
    "account_lines",
    "balance",
    "balances_by_account",
    "cases",
    "entries",
    "entries_for",
    "equation",
    "held_for",
    "obligations",
    "payable_to",
    "payments",
]
