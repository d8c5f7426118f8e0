"""What is due to payees and could be paid out now, summed from the postings."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from foundation.core.money import Money
from foundation.core.refs import Ref

ACCOUNTS = ("2011", "2012", "2015")
BY_PAYOUT = ("bank_transfer",)  # rails that take money in and cannot send it back themselves
SELECT = """
WITH sums AS (
  SELECT account_id, currency, coalesce(party_id, 0) AS party_id, ref_kind, coalesce(ref_id, 0) AS ref_id,
    max(ref_number) AS ref_number, sum(credit_fen - debit_fen)::bigint AS fen
  FROM settlement_posting WHERE account_id = ANY(%s) AND currency = %s
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(credit_fen - debit_fen) > 0
), frozen AS (
  SELECT account_id, currency, coalesce(party_id, 0) AS party_id, ref_kind, coalesce(ref_id, 0) AS ref_id,
    sum(amount_fen)::bigint AS fen
  FROM settlement_freeze WHERE lifted_at IS NULL GROUP BY 1, 2, 3, 4, 5
), waiting AS (
  SELECT account_id, currency, coalesce(party_id, 0) AS party_id, ref_kind, coalesce(ref_id, 0) AS ref_id,
    min(state) AS state
  FROM settlement_payout WHERE state IN ('planned', 'failed') GROUP BY 1, 2, 3, 4, 5
)
SELECT s.account_id, s.currency, nullif(s.party_id, 0), s.ref_kind, nullif(s.ref_id, 0), s.ref_number, s.fen,
  coalesce(f.fen, 0), w.state, d.id, o.name
FROM sums s
LEFT JOIN frozen f USING (account_id, currency, party_id, ref_kind, ref_id)
LEFT JOIN waiting w USING (account_id, currency, party_id, ref_kind, ref_id)
LEFT JOIN settlement_payoutaccount d ON d.organization_id = s.party_id AND d.state = 'verified'
LEFT JOIN accounts_organization o ON o.id = s.party_id
ORDER BY s.account_id, s.party_id, s.ref_kind, s.ref_id
"""
REFUNDS = """
SELECT r.id, r.number, r.payer_id, r.amount_fen, r.currency, d.id, s.id, w.state, coalesce(o.name, s.holder, '')
FROM settlement_refund r JOIN settlement_payment p ON p.id = r.payment_id
LEFT JOIN settlement_senderaccount s ON s.payment_id = p.id
LEFT JOIN settlement_payoutaccount d ON d.organization_id = r.payer_id AND d.state = 'verified'
LEFT JOIN accounts_organization o ON o.id = r.payer_id
LEFT JOIN settlement_payout w ON w.refund_id = r.id AND w.state IN ('planned', 'failed')
WHERE r.state = 'requested' AND r.currency = %s AND p.provider = ANY(%s) ORDER BY r.id
"""
WAITS, FAILED, FROZEN, NO_ACCOUNT = "waits", "failed", "frozen", "no_account"
OBSTACLES = {
    WAITS: _("Stands in another run"),
    FAILED: _("The last payout failed and is to be clarified"),
    FROZEN: _("Frozen"),
    NO_ACCOUNT: _("No confirmed bank account"),
}
REFUND_KIND = "settlement.refund"


@dataclass(frozen=True, slots=True)
class Payable:
    """One sub-account with money that is due: ``free`` is what a payout may take. ``obstacle`` is a key of
    `OBSTACLES`, or empty where it can be paid now."""

    account: str
    party_id: int | None
    payee: str
    ref: Ref
    balance: Money
    frozen: Money
    obstacle: str = ""
    destination_id: int | None = None
    sender_id: int | None = None
    refund_id: int | None = None

    @property
    def free(self) -> Money:
        return Money(max(0, self.balance.fen - self.frozen.fen), self.balance.currency)

    @property
    def why_not(self) -> str:
        """The obstacle as a sentence, in the reader's language."""
        return str(OBSTACLES[self.obstacle]) if self.obstacle else ""


def payables(currency: str = "CNY") -> list[Payable]:
    """Everything due to patentees, sellers, inventors and insurers, and refunds that no rail of their own carries."""
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [list(ACCOUNTS), currency])
        found = [_payable(row) for row in cursor.fetchall()]
        cursor.execute(REFUNDS, [currency, list(BY_PAYOUT)])
        return found + [_refund(row) for row in cursor.fetchall()]


def _payable(row: tuple) -> Payable:
    account, currency, party, kind, key, number, fen, frozen, state, destination, name = row
    obstacle = WAITS if state == "planned" else FAILED if state == "failed" else ""
    if not obstacle and fen <= frozen:
        obstacle = FROZEN
    if not obstacle and destination is None:
        obstacle = NO_ACCOUNT
    return Payable(account, party, name or "", Ref(kind, key or 0, number), Money(fen, currency),
                   Money(frozen, currency), obstacle, destination)  # fmt: skip


def _refund(row: tuple) -> Payable:
    key, number, payer, fen, currency, destination, sender, state, name = row
    obstacle = WAITS if state == "planned" else FAILED if state == "failed" else ""
    if not obstacle and sender is None and destination is None:
        obstacle = NO_ACCOUNT
    ref = Ref(REFUND_KIND, key, number)
    return Payable("2013", payer, name, ref, Money(fen, currency), Money(0, currency), obstacle,
                   None if sender else destination, sender, key)  # fmt: skip


def payable_now(currency: str = "CNY") -> list[Payable]:
    """What a run would pay."""
    return [one for one in payables(currency) if not one.obstacle]
