"""Receipts, refunds and releases of before get the rows that say what they paid."""

from django.db import migrations

ALLOCATE = """
INSERT INTO settlement_allocation (payment_id, obligation_id, key, amount_fen, currency, entry_id, paid_at, created_at)
SELECT p.id, p.obligation_id, 'payment:' || p.id || ':credited', p.received_fen, p.currency, e.id,
  coalesce(p.paid_at, e.posted_at), e.posted_at
FROM settlement_payment p
JOIN LATERAL (
  SELECT id, posted_at FROM settlement_journalentry
  WHERE key IN ('payment:' || p.id || ':matched', 'payment:' || p.id || ':received') ORDER BY id DESC LIMIT 1
) e ON true
WHERE p.state = 'confirmed'
"""
NAME = """
UPDATE settlement_refund r SET obligation_id = p.obligation_id FROM settlement_payment p
WHERE p.id = r.payment_id AND p.state = 'confirmed'
"""
RELEASE = """
INSERT INTO settlement_release (obligation_id, entry_id, amount_fen, fee_fen, vat_fen, currency, created_at)
SELECT o.id, e.id, (SELECT sum(debit_fen) FROM settlement_posting WHERE entry_id = e.id), 0, 0, o.currency, e.posted_at
FROM settlement_obligation o JOIN settlement_journalentry e ON e.key = 'obligation:' || o.id || ':released'
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0005_allocations_and_holds")]
    operations = [
        migrations.RunSQL(ALLOCATE, migrations.RunSQL.noop),
        migrations.RunSQL(NAME, migrations.RunSQL.noop),
        migrations.RunSQL(RELEASE, migrations.RunSQL.noop),
    ]
