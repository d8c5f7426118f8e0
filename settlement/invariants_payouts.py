"""What must always hold for payouts and freezes, as SQL that finds the rows that break it."""

from foundation.audit import invariants

STATE_WITHOUT_ENTRY = """
SELECT p.id, p.number, p.state FROM settlement_payout p
LEFT JOIN settlement_journalentry s ON s.key = 'payout:' || p.number || ':sent'
LEFT JOIN settlement_journalentry c ON c.key = 'payout:' || p.number || ':confirmed'
WHERE p.refund_id IS NULL AND (
  (p.state IN ('sent', 'done', 'failed', 'cleared')) <> (s.id IS NOT NULL) OR (p.state = 'done' AND c.id IS NULL)
)
"""
IN_TRANSIT = """
SELECT p.id, p.number, p.state, coalesce(b.fen, 0) AS in_transit FROM settlement_payout p
LEFT JOIN (
  SELECT ref_id, sum(credit_fen - debit_fen) AS fen FROM settlement_posting
  WHERE account_id = '1131' AND ref_kind = 'settlement.payout' GROUP BY ref_id
) b ON b.ref_id = p.id
WHERE p.refund_id IS NULL AND coalesce(b.fen, 0) <> CASE WHEN p.state = 'sent' THEN p.amount_fen ELSE 0 END
"""
SAME_PERSON = """
SELECT 'run' AS what, id FROM settlement_payoutrun WHERE approved_by_id = made_by_id
UNION ALL SELECT 'account', id FROM settlement_payoutaccount WHERE decided_by_id = proposed_by_id
UNION ALL SELECT 'own entry', id FROM settlement_ownentry WHERE approved_by_id = made_by_id
UNION ALL SELECT 'request', id FROM settlement_refundrequest
  WHERE decided_by_id = reviewed_by_id OR decided_by_id = asked_by_id
UNION ALL SELECT 'case', id FROM settlement_case WHERE decided_by_id = proposed_by_id
UNION ALL SELECT 'month', id FROM settlement_accountingmonth WHERE reopened_by_id = asked_by_id
UNION ALL SELECT 'own account', id FROM settlement_ownaccount WHERE confirmed_by_id = proposed_by_id
UNION ALL SELECT 'objection', id FROM settlement_objection WHERE settled_by_id = raised_by_id
UNION ALL SELECT 'objection to income', id FROM settlement_distributionobjection WHERE answered_by_id = raised_by_id
UNION ALL SELECT 'ruling', id FROM settlement_dispute WHERE ruled_by_id IN (opened_by_id, answered_by_id)
UNION ALL SELECT 'offer', id FROM settlement_settlementoffer WHERE claimant_agreed_by_id = respondent_agreed_by_id
  OR (made_by_id IS NULL AND made_by_user_id IN (claimant_agreed_by_id, respondent_agreed_by_id))
UNION ALL SELECT 'tax rule', id FROM settlement_taxrule WHERE approved_by_id = made_by_id
UNION ALL SELECT 'fee rule', id FROM settlement_feerule WHERE approved_by_id = made_by_id
UNION ALL SELECT 'day', d.id FROM settlement_signedday d JOIN settlement_bankline l
  ON l.account_id = d.account_id AND l.booked_on = d.day
  JOIN settlement_bankstatement s ON s.id = l.statement_id AND s.imported_by_id = d.signed_by_id
  AND s.imported_at <= d.signed_at
"""
FROZEN_TOO_MUCH = """
SELECT f.account_id, f.party_id, f.ref_kind, f.ref_id, f.fen AS frozen, coalesce(b.fen, 0) AS balance FROM (
  SELECT account_id, currency, coalesce(party_id, 0) AS party_id, ref_kind, coalesce(ref_id, 0) AS ref_id,
    sum(amount_fen) AS fen
  FROM settlement_freeze WHERE lifted_at IS NULL GROUP BY 1, 2, 3, 4, 5
) f LEFT JOIN (
  SELECT account_id, currency, coalesce(party_id, 0) AS party_id, ref_kind, coalesce(ref_id, 0) AS ref_id,
    sum(credit_fen - debit_fen) AS fen
  FROM settlement_posting GROUP BY 1, 2, 3, 4, 5
) b USING (account_id, currency, party_id, ref_kind, ref_id) WHERE f.fen > coalesce(b.fen, 0)
"""
ENDED_BUT_FROZEN = """
SELECT d.id, d.number, d.state FROM settlement_dispute d JOIN settlement_freeze f
  ON f.basis_kind = 'settlement.dispute' AND f.basis_id = d.id AND f.lifted_at IS NULL
WHERE d.state IN ('settled', 'closed', 'withdrawn')
"""


def install() -> None:
    """Register them with `manage.py check_invariants`."""
    rows = [
        ("I1", "What is in transit for payouts is what was sent and not answered.", IN_TRANSIT),
        ("I3", "Nothing is frozen that is not there.", FROZEN_TOO_MUCH),
        ("I3", "A dispute that ended freezes nothing.", ENDED_BUT_FROZEN),
        ("I4", "Every payout is booked as its state says, once.", STATE_WITHOUT_ENTRY),
        ("I16", "Nobody approves, confirms, settles or signs what they made themselves.", SAME_PERSON),
    ]
    for key, sentence, sql in rows:
        invariants.register(key, sentence, sql)
