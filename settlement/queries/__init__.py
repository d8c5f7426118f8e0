"""What can be asked about money; views and APIs reach rows only through `visible_to`."""

from settlement.queries.balances import balance, balances_by_account, balances_of, equation, held_for, payable_to
from settlement.queries.bank import ageing, bank_lines, bank_statements, line_counts, months, own_accounts
from settlement.queries.outgoing import (
    disputes,
    freezes_for,
    frozen_for,
    payout_accounts,
    payouts,
    refund_requests,
    runs,
    with_frozen,
    with_totals,
)
from settlement.queries.own_money import own_entries, proofs, rate_now, rule_proposals, sweeps, unswept
from settlement.queries.payables import payables as due_to_payees
from settlement.queries.records import cases, entries, entries_for, obligations, payments
from settlement.queries.statements import objects_with_money, obligations_about, parties, statement

__all__ = [
    "ageing",
    "balance",
    "balances_by_account",
    "balances_of",
    "bank_lines",
    "bank_statements",
    "cases",
    "disputes",
    "due_to_payees",
    "entries",
    "entries_for",
    "equation",
    "freezes_for",
    "frozen_for",
    "held_for",
    "line_counts",
    "months",
    "objects_with_money",
    "obligations",
    "obligations_about",
    "own_accounts",
    "own_entries",
    "parties",
    "payable_to",
    "payments",
    "payout_accounts",
    "payouts",
    "proofs",
    "rate_now",
    "refund_requests",
    "rule_proposals",
    "runs",
    "statement",
    "sweeps",
    "unswept",
    "with_frozen",
    "with_totals",
]
