"""What must always hold for money, as SQL that finds the rows that break it."""

from foundation.audit import invariants
from settlement import chart

CODES = ", ".join(f"'{code}'" for code in chart.CLIENT_MONEY)

UNBALANCED = """
SELECT entry_id, currency, sum(debit_fen) AS debit, sum(credit_fen) AS credit FROM settlement_posting
GROUP BY entry_id, currency HAVING sum(debit_fen) <> sum(credit_fen)
"""
LONELY = """
SELECT e.id, count(p.id) AS postings FROM settlement_journalentry e
LEFT JOIN settlement_posting p ON p.entry_id = e.id GROUP BY e.id HAVING count(p.id) < 2
"""
BELOW_ZERO = f"""
SELECT account_id, currency, party_id, ref_kind, ref_id, sum(credit_fen - debit_fen) AS balance
FROM settlement_posting WHERE account_id IN ({CODES})
GROUP BY account_id, currency, party_id, ref_kind, ref_id HAVING sum(credit_fen - debit_fen) < 0
"""  # noqa: S608, codes of the chart
INCOMPLETE = f"""
SELECT currency, sum(credit_fen - debit_fen) AS difference FROM settlement_posting
WHERE account_id IN ('{chart.BANK}', '{chart.IN_TRANSIT}', {CODES})
GROUP BY currency HAVING sum(credit_fen - debit_fen) <> 0
"""  # noqa: S608
BOOKED_TWICE = """
SELECT key, count(*) AS times FROM settlement_journalentry GROUP BY key HAVING count(*) > 1
"""
RECEIVED_WITHOUT_ENTRY = """
SELECT p.id, p.received_fen FROM settlement_payment p
LEFT JOIN settlement_journalentry e ON e.key = 'payment:' || p.id || ':received'
WHERE p.transaction_id IS NOT NULL AND (
  e.id IS NULL OR p.received_fen <> (SELECT sum(debit_fen) FROM settlement_posting WHERE entry_id = e.id)
)
"""
REFUNDED_TOO_MUCH = """
SELECT p.id, p.received_fen, p.refunded_fen, coalesce(r.total, 0) AS refunds FROM settlement_payment p
LEFT JOIN (SELECT payment_id, sum(amount_fen) AS total FROM settlement_refund GROUP BY payment_id) r
  ON r.payment_id = p.id
WHERE p.refunded_fen <> coalesce(r.total, 0) OR p.refunded_fen > p.received_fen
"""
UNRECORDED = """
SELECT e.id, e.key FROM settlement_journalentry e
WHERE NOT EXISTS (SELECT 1 FROM audit_event a WHERE a.xact = e.xact)
"""
HELD_DIFFERS = """
SELECT o.id, o.number, coalesce(b.balance, 0) AS held, coalesce(p.kept, 0) AS kept FROM settlement_obligation o
LEFT JOIN (
  SELECT ref_id, sum(credit_fen - debit_fen) AS balance FROM settlement_posting
  WHERE account_id = '2002' AND ref_kind = 'settlement.obligation' GROUP BY ref_id
) b ON b.ref_id = o.id
LEFT JOIN (
  SELECT obligation_id, sum(received_fen - refunded_fen) AS kept FROM settlement_payment
  WHERE state = 'confirmed' GROUP BY obligation_id
) p ON p.obligation_id = o.id
WHERE coalesce(b.balance, 0) <> CASE WHEN o.released_at IS NULL THEN coalesce(p.kept, 0) ELSE 0 END
"""


def install() -> None:
    """Register them with `manage.py check_invariants`."""
    rows = [
        ("I1", "Debits and credits of every entry are equal, per currency.", UNBALANCED),
        ("I1", "Every entry has at least two postings.", LONELY),
        ("I1", "Supervised account less money in transit equals what is owed to clients.", INCOMPLETE),
        ("I3", "No sub-account of client money is below zero.", BELOW_ZERO),
        ("I3", "What is held for an obligation is what arrived for it less what went back.", HELD_DIFFERS),
        ("I4", "Every business fact is booked once.", BOOKED_TWICE),
        ("I4", "Every receipt of money has its one entry.", RECEIVED_WITHOUT_ENTRY),
        ("I12", "Refunds never exceed what arrived.", REFUNDED_TOO_MUCH),
        ("I15", "Every entry was booked together with an event of the history.", UNRECORDED),
    ]
    for key, sentence, sql in rows:
        invariants.register(key, sentence, sql)
