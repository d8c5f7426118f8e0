"""What must always hold for money, as SQL that finds the rows that break it."""

from foundation.audit import invariants
from settlement import chart

CODES = ", ".join(f"'{code}'" for code in chart.CLIENT_MONEY)
HELD = ", ".join(f"'{code}'" for code in chart.HELD)

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
HELD_DIFFERS = f"""
SELECT o.id, o.number, coalesce(b.balance, 0) AS held,
  coalesce(a.paid, 0) - coalesce(r.back, 0) + coalesce(y.back, 0) - coalesce(l.released, 0) - coalesce(h.used_fen, 0)
  AS expected
FROM settlement_obligation o
LEFT JOIN (
  SELECT ref_id, sum(credit_fen - debit_fen) AS balance FROM settlement_posting
  WHERE account_id IN ({HELD}) AND ref_kind = 'settlement.obligation' GROUP BY ref_id
) b ON b.ref_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS paid FROM settlement_allocation GROUP BY obligation_id) a
  ON a.obligation_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS back FROM settlement_refund GROUP BY obligation_id) r
  ON r.obligation_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS released FROM settlement_release GROUP BY obligation_id) l
  ON l.obligation_id = o.id
LEFT JOIN (
  SELECT p.ref_id, sum(p.debit_fen) AS back
  FROM settlement_posting p JOIN settlement_journalentry e ON e.id = p.entry_id
  WHERE e.kind = 'payable_returned' AND p.account_id = '{chart.PAYABLE}' AND p.ref_kind = 'settlement.obligation'
  GROUP BY p.ref_id
) y ON y.ref_id = o.id
LEFT JOIN settlement_hold h ON h.obligation_id = o.id
WHERE coalesce(b.balance, 0) <> coalesce(a.paid, 0) - coalesce(r.back, 0) + coalesce(y.back, 0)
  - coalesce(l.released, 0) - coalesce(h.used_fen, 0)
"""  # noqa: S608
PAID_DIFFERS = """
SELECT o.id, o.number, o.state, o.amount_fen, coalesce(a.paid, 0) AS paid, coalesce(r.back, 0) AS back,
  coalesce(l.lost, 0) AS lost
FROM settlement_obligation o
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS paid FROM settlement_allocation GROUP BY obligation_id) a
  ON a.obligation_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS back FROM settlement_refund GROUP BY obligation_id) r
  ON r.obligation_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS lost FROM settlement_release GROUP BY obligation_id) l
  ON l.obligation_id = o.id
WHERE CASE WHEN o.state IN ('paid', 'refunding', 'refunded') THEN coalesce(a.paid, 0) < o.amount_fen
  WHEN o.state = 'open' THEN coalesce(a.paid, 0) - coalesce(r.back, 0) >= o.amount_fen
  ELSE coalesce(a.paid, 0) <> coalesce(r.back, 0) + coalesce(l.lost, 0) END
"""
RECEIPT_DIFFERS = """
SELECT p.id, p.received_fen, coalesce(a.fen, 0) AS assigned, coalesce(r.fen, 0) AS returned, coalesce(b.fen, 0) AS lies
FROM settlement_payment p
LEFT JOIN (SELECT payment_id, sum(amount_fen) AS fen FROM settlement_allocation GROUP BY payment_id) a
  ON a.payment_id = p.id
LEFT JOIN (
  SELECT payment_id, sum(amount_fen) AS fen FROM settlement_refund WHERE obligation_id IS NULL GROUP BY payment_id
) r ON r.payment_id = p.id
LEFT JOIN (
  SELECT ref_id, sum(credit_fen - debit_fen) AS fen FROM settlement_posting
  WHERE account_id = '2014' AND ref_kind = 'settlement.payment' GROUP BY ref_id
) b ON b.ref_id = p.id
WHERE p.transaction_id IS NOT NULL
  AND p.received_fen <> coalesce(a.fen, 0) + coalesce(r.fen, 0) + coalesce(b.fen, 0)
"""
HOLD_DIFFERS = """
SELECT h.id, h.number, h.state, h.amount_fen - h.used_fen - h.returned_fen AS expected, coalesce(b.fen, 0) AS held
FROM settlement_hold h LEFT JOIN (
  SELECT account_id, party_id, ref_id, sum(credit_fen - debit_fen) AS fen FROM settlement_posting
  WHERE ref_kind = 'settlement.obligation' GROUP BY account_id, party_id, ref_id
) b ON b.ref_id = h.obligation_id AND b.account_id = h.account_id AND b.party_id = h.party_id
WHERE coalesce(b.fen, 0) <> h.amount_fen - h.used_fen - h.returned_fen
"""
CLOSED_WITH_MONEY = f"""
SELECT o.id, o.number, o.state, sum(p.credit_fen - p.debit_fen) AS balance FROM settlement_obligation o
JOIN settlement_posting p ON p.ref_kind = 'settlement.obligation' AND p.ref_id = o.id AND p.account_id IN ({HELD})
WHERE o.released_at IS NOT NULL OR o.state IN ('cancelled', 'expired', 'refunding', 'refunded')
GROUP BY o.id HAVING sum(p.credit_fen - p.debit_fen) <> 0
"""  # noqa: S608
MEMO_DIFFERS = """
SELECT o.id, o.number, o.state, m.due AS noted FROM settlement_obligation o
JOIN (
  SELECT ref_id, sum(debit_fen - credit_fen) AS due FROM settlement_posting
  WHERE account_id = '1121' AND ref_kind = 'settlement.obligation' GROUP BY ref_id
) m ON m.ref_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS paid FROM settlement_allocation GROUP BY obligation_id) a
  ON a.obligation_id = o.id
LEFT JOIN (SELECT obligation_id, sum(amount_fen) AS back FROM settlement_refund GROUP BY obligation_id) r
  ON r.obligation_id = o.id
WHERE m.due <> CASE WHEN o.state = 'open' THEN o.amount_fen - coalesce(a.paid, 0) + coalesce(r.back, 0) ELSE 0 END
"""
SCHEDULE_DIFFERS = """
SELECT s.id, s.total_fen, sum(o.amount_fen) AS parts FROM settlement_schedule s
LEFT JOIN settlement_obligation o ON o.schedule_id = s.id
GROUP BY s.id HAVING count(o.id) NOT BETWEEN 1 AND s.parts
  OR (count(o.id) = s.parts AND sum(o.amount_fen) <> s.total_fen)
  OR (count(o.id) < s.parts AND sum(o.amount_fen) >= s.total_fen)
"""


def install() -> None:
    """Register them with `manage.py check_invariants`."""
    rows = [
        ("I1", "Debits and credits of every entry are equal, per currency.", UNBALANCED),
        ("I1", "Every entry has at least two postings.", LONELY),
        ("I1", "Supervised account less money in transit equals what is owed to clients.", INCOMPLETE),
        ("I3", "No sub-account of client money is below zero.", BELOW_ZERO),
        ("I3", "What is held for an obligation is what was paid on it less what left.", HELD_DIFFERS),
        ("I3", "A paid obligation is covered by what was assigned to it.", PAID_DIFFERS),
        ("I3", "Every receipt is assigned, sent back or lies among the unidentified ones.", RECEIPT_DIFFERS),
        ("I3", "What is held is what the open holds say.", HOLD_DIFFERS),
        ("I3", "Nothing is held for what is closed.", CLOSED_WITH_MONEY),
        ("I3", "What is noted as due is what is still to be paid.", MEMO_DIFFERS),
        ("I3", "The parts of a schedule equal the whole.", SCHEDULE_DIFFERS),
        ("I4", "Every business fact is booked once.", BOOKED_TWICE),
        ("I4", "Every receipt of money has its one entry.", RECEIVED_WITHOUT_ENTRY),
        ("I12", "Refunds never exceed what arrived.", REFUNDED_TOO_MUCH),
        ("I15", "Every entry was booked together with an event of the history.", UNRECORDED),
    ]
    for key, sentence, sql in rows:
        invariants.register(key, sentence, sql)
