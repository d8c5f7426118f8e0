"""What must always hold for sales, as SQL that finds the rows that break it."""

from foundation import audit
from foundation.core.marks import _

STANDING = "('sold_provisional', 'confirmation_signed', 'balance_paid', 'contract_signed', 'public_notice', 'transfer_filed', 'transferred', 'funds_released', 'buyer_default')"  # noqa: E501

LOT_WITHOUT_SALE = f"""
SELECT l.id, l.number, l.state FROM auctions_lot l
WHERE l.state IN ('sold_provisional', 'sold_by_agreement') AND NOT EXISTS (
  SELECT 1 FROM auctions_sale s WHERE s.lot_id = l.id AND s.state IN {STANDING}
) OR l.state = 'sold' AND NOT EXISTS (
  SELECT 1 FROM auctions_sale s WHERE s.lot_id = l.id AND s.state = 'completed'
)
"""  # noqa: S608, own names
SALE_WITHOUT_LOT = f"""
SELECT s.id, s.number, s.state, l.state AS lot FROM auctions_sale s JOIN auctions_lot l ON l.id = s.lot_id
WHERE s.state IN {STANDING} AND l.state NOT IN ('sold_provisional', 'sold_by_agreement')
  OR s.state = 'completed' AND l.state <> 'sold'
"""  # noqa: S608
MONEY_DIFFERS = """
SELECT s.id, s.number, s.state, o.state AS money FROM auctions_sale s
LEFT JOIN settlement_obligation o ON o.id = s.obligation_id
WHERE s.state IN ('balance_paid', 'contract_signed', 'public_notice', 'transfer_filed', 'transferred')
    AND o.state IS DISTINCT FROM 'paid'
  OR o.id IS NOT NULL AND o.amount_fen <> s.price_fen + s.commission_fen
  OR s.state IN ('deposit_forfeited', 'refunded', 'declined') AND o.state IN ('open', 'paid')
  OR s.state IN ('funds_released', 'completed') AND o.released_at IS NULL
"""
HAMMER_PRICE = """
SELECT s.id, s.number FROM auctions_sale s JOIN auctions_result r ON r.lot_id = s.lot_id
JOIN auctions_bid b ON b.id = r.winning_bid_id
WHERE s.way = 'hammer' AND (s.price_fen <> b.amount_fen OR s.registration_id <> b.registration_id)
"""
ALONE = """
SELECT r.id FROM auctions_ruling r
JOIN approvals_review v ON v.kind = 'auctions.ruling' AND v.subject_id = r.id
JOIN approvals_decision d ON d.review_id = v.id
WHERE r.approved AND d.maker_id = r.made_by_id
"""


def install() -> None:
    """Register the checks of what follows the hammer."""
    rows = [
        ("I9", _("A lot that is knocked down or sold has its one sale."), LOT_WITHOUT_SALE),
        ("I9", _("A running sale belongs to a lot that is knocked down."), SALE_WITHOUT_LOT),
        ("I9", _("The hammer price is the winning bid."), HAMMER_PRICE),
        ("I10", _("A sale goes on only when its price is paid, and ends with its money."), MONEY_DIFFERS),
        ("I16", _("Nobody alone forfeits a deposit or annuls a sale."), ALONE),
    ]
    for key, sentence, sql in rows:
        audit.invariants.register(key, sentence, sql)
