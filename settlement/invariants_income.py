"""What must always hold for shared income and invoices, as SQL that finds the rows that break it."""

from foundation.audit import invariants

OWNERS = """
SELECT i.id, i.amount_fen, coalesce(sum(s.amount_fen), 0) AS shared FROM settlement_income i
LEFT JOIN settlement_ownershare s ON s.income_id = i.id GROUP BY i.id
HAVING i.amount_fen <> coalesce(sum(s.amount_fen), 0)
"""
RELEASED = """
SELECT i.id, i.amount_fen FROM settlement_income i JOIN settlement_release r ON r.id = i.release_id
WHERE i.amount_fen <> r.amount_fen - r.fee_fen - r.vat_fen
"""
LINES = """
SELECT d.number, d.income_fen, coalesce(sum(l.amount_fen), 0) AS lines FROM settlement_distribution d
LEFT JOIN settlement_distributionline l ON l.distribution_id = d.id
GROUP BY d.id HAVING d.income_fen <> coalesce(sum(l.amount_fen), 0)
"""
ASSIGNED = """
SELECT d.number, sum(l.amount_fen) AS due, coalesce(max(p.assigned), 0) AS assigned FROM settlement_distribution d
JOIN settlement_distributionline l ON l.distribution_id = d.id AND l.kind IN ('return', 'inventor')
LEFT JOIN (
  SELECT e.ref_id, sum(p.credit_fen) AS assigned FROM settlement_journalentry e
  JOIN settlement_posting p ON p.entry_id = e.id AND p.account_id = '2012'
  WHERE e.kind = 'inventor_share_assigned' AND e.ref_kind = 'settlement.distribution' GROUP BY e.ref_id
) p ON p.ref_id = d.id
WHERE d.delegated AND d.state IN ('agreed', 'paid', 'closed')
GROUP BY d.id HAVING sum(l.amount_fen) <> coalesce(max(p.assigned), 0)
"""
SET_ASIDE = """
SELECT d.number, sum(l.amount_fen) AS due, coalesce(max(f.frozen), 0) AS frozen FROM settlement_distribution d
JOIN settlement_distributionline l ON l.distribution_id = d.id AND l.kind IN ('return', 'inventor')
LEFT JOIN (
  SELECT basis_id, sum(amount_fen) AS frozen FROM settlement_freeze
  WHERE basis_kind = 'settlement.distribution' AND lifted_at IS NULL GROUP BY basis_id
) f ON f.basis_id = d.id
WHERE d.delegated AND d.state IN ('computed', 'confirmed', 'notice', 'objected')
GROUP BY d.id HAVING sum(l.amount_fen) <> coalesce(max(f.frozen), 0)
"""
RED_TOO_MUCH = """
SELECT b.number, sum(l.net_fen + l.vat_fen) AS left_over FROM settlement_invoice b
JOIN settlement_invoice i ON (i.id = b.id OR i.reverses_id = b.id) AND i.state <> 'withdrawn'
JOIN settlement_invoiceline l ON l.invoice_id = i.id
WHERE b.reverses_id IS NULL AND b.state <> 'withdrawn' GROUP BY b.id HAVING sum(l.net_fen + l.vat_fen) < 0
"""


def install() -> None:
    """Register them with `manage.py check_invariants`."""
    rows = [
        ("I13", "The owners' parts make the income.", OWNERS),
        ("I13", "An income is what its release made payable.", RELEASED),
        ("I13", "The lines of a distribution make the owner's part.", LINES),
        ("I13", "What was agreed for inventors stands in their sub-accounts.", ASSIGNED),
        ("I13", "What the platform will pay to inventors is set aside.", SET_ASIDE),
        ("I12", "Red letters take back no more than their invoice.", RED_TOO_MUCH),
    ]
    for key, sentence, sql in rows:
        invariants.register(key, sentence, sql)
