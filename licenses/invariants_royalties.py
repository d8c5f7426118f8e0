"""What must always hold for royalties, as SQL that finds the rows that break it."""

from foundation import audit
from foundation.core.marks import _

OWED_AS_ACCEPTED = """
SELECT p.id FROM licenses_royaltyperiod p
LEFT JOIN settlement_obligation o ON o.id = p.obligation_id
WHERE (p.royalty_fen > 0) <> (o.id IS NOT NULL) OR o.amount_fen <> p.royalty_fen
  OR (p.state = 'settled' AND o.id IS NOT NULL AND o.state NOT IN ('paid', 'refunding', 'refunded'))
  OR (p.state IN ('payment_due', 'payment_late') AND o.state = 'paid')
"""

WITHOUT_GAPS = """
SELECT id FROM (
  SELECT p.id, p.starts_on, p.sequence,
    lag(p.ends_on) OVER w AS before, lag(p.sequence) OVER w AS place, l.starts_on AS first
  FROM licenses_royaltyperiod p JOIN licenses_license l ON l.id = p.license_id
  WINDOW w AS (PARTITION BY p.license_id ORDER BY p.sequence)
) rows
WHERE (before IS NULL AND (starts_on <> first OR sequence <> 1))
  OR (before IS NOT NULL AND (starts_on <> before + 1 OR sequence <> place + 1))
"""

ADDS_UP = """
SELECT r.id FROM licenses_royaltyreport r
LEFT JOIN LATERAL (
  SELECT COALESCE(SUM(base_fen), 0) AS fen, COUNT(*) AS n FROM licenses_reportline WHERE report_id = r.id
) lines ON true
WHERE r.reported_at IS NOT NULL AND (r.base_fen <> lines.fen OR (lines.n = 0) <> r.nothing_sold)
"""


def install() -> None:
    """Register the checks of the royalty side."""
    audit.invariants.register("I10", _("What is owed for a royalty period is what was accepted"), OWED_AS_ACCEPTED)
    audit.invariants.register("I10", _("The royalty periods of a license follow each other without gaps"), WITHOUT_GAPS)
    audit.invariants.register("I10", _("Every royalty report that was sent adds up"), ADDS_UP)
