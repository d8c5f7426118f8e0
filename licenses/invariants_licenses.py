"""What must always hold for licenses, as SQL that finds the rows that break it."""

from foundation import audit
from foundation.core.marks import _

WITHOUT_RIGHT = """
SELECT l.id FROM licenses_license l
JOIN licenses_declaration d ON d.id = l.declaration_id
LEFT JOIN settlement_obligation o ON o.id = l.obligation_id
WHERE l.state IN ('effective', 'in_default') AND (
  l.notice_delivered_at IS NULL OR l.effective_at IS NULL OR l.effective_at < l.notice_delivered_at
  OR l.notice_delivered_at < d.published_at
  OR (d.state = 'withdrawn' AND l.notice_delivered_at >= d.ended_at)
  OR (l.fee_fen > 0 AND (l.paid_at IS NULL OR o.id IS NULL OR o.state <> 'paid'))
)
"""

# What the declaration's history said last before the notice, and before the effect: both happen under its lock.
WHILE_CLOSED = """
SELECT e.subject_id AS id, e.seq, e.name, before.name AS declaration
FROM audit_event e
JOIN licenses_license l ON l.id = e.subject_id
CROSS JOIN LATERAL (
  SELECT d.name FROM audit_event d
  WHERE d.subject_kind = 'licenses.declaration' AND d.subject_id = l.declaration_id AND d.seq < e.seq
    AND d.name IN ('licenses.declaration.published', 'licenses.declaration.suspend',
      'licenses.declaration.suspend_on_check', 'licenses.declaration.reinstate', 'licenses.declaration.cure',
      'licenses.declaration.adopt', 'licenses.declaration.cancel_withdrawal', 'licenses.declaration.refuse_withdrawal',
      'licenses.declaration.announce_withdrawal', 'licenses.declaration.expire', 'licenses.declaration.terminate')
  ORDER BY d.seq DESC LIMIT 1
) before
WHERE e.subject_kind = 'licenses.license' AND (
  e.name IN ('licenses.license.deliver', 'licenses.license.effective') AND before.name IN (
    'licenses.declaration.suspend', 'licenses.declaration.suspend_on_check', 'licenses.declaration.terminate')
  OR e.name = 'licenses.license.deliver' AND before.name IN (
    'licenses.declaration.announce_withdrawal', 'licenses.declaration.expire')
)
"""

CERTIFICATES = """
SELECT l.id FROM licenses_license l
LEFT JOIN documents_certificate c ON c.subject_kind = 'licenses.license' AND c.subject_id = l.id
WHERE l.effective_at IS NOT NULL AND c.id IS NULL
UNION ALL
SELECT c.subject_id FROM documents_certificate c
LEFT JOIN licenses_license l ON l.id = c.subject_id
WHERE c.subject_kind = 'licenses.license' AND (l.id IS NULL OR l.effective_at IS NULL)
"""


def install() -> None:
    """Register the checks of the license side."""
    audit.invariants.register(
        "I10", _("No license is active without notice, payment and an open declaration"), WITHOUT_RIGHT
    )
    audit.invariants.register(
        "I10", _("No notice was delivered and no license took effect while its declaration was closed"), WHILE_CLOSED
    )
    audit.invariants.register("I11", _("Certificate and license belong together one to one"), CERTIFICATES)
