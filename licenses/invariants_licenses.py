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
    audit.invariants.register("I11", _("Certificate and license belong together one to one"), CERTIFICATES)
