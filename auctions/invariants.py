"""What must always hold for bids and results, as SQL that finds the rows that break it."""

from foundation.audit import invariants

UNCOUNTED = """
SELECT f.lot_id, f.seq, b.bids, b.last, b.top FROM auctions_floor f LEFT JOIN LATERAL (
  SELECT count(*) AS bids, max(seq) AS last, (array_agg(amount_fen ORDER BY seq DESC))[1] AS top,
    (array_agg(registration_id ORDER BY seq DESC))[1] AS leader, (array_agg(hash ORDER BY seq DESC))[1] AS head
  FROM auctions_bid WHERE lot_id = f.lot_id
) b ON true
WHERE f.seq <> b.bids OR f.seq <> coalesce(b.last, 0) OR f.price_fen IS DISTINCT FROM b.top
  OR f.leader_id IS DISTINCT FROM b.leader OR f.head_hash <> coalesce(b.head, '')
"""
UNTOLD = """
SELECT b.lot_id, b.bids, coalesce(e.events, 0) AS events
FROM (SELECT lot_id, count(*) AS bids FROM auctions_bid GROUP BY lot_id) b
LEFT JOIN (
  SELECT subject_id, count(DISTINCT data -> 'facts' ->> 'seq') AS events FROM audit_event
  WHERE name = 'auctions.bid.placed' AND subject_kind = 'auctions.lot' GROUP BY subject_id
) e ON e.subject_id = b.lot_id
WHERE b.bids <> coalesce(e.events, 0)
"""
FALLING = """
SELECT * FROM (
  SELECT b.lot_id, b.seq, b.amount_fen, b.rank, f.increment_fen, f.start_fen, b.previous_hash,
    row_number() OVER w AS place, lag(b.amount_fen) OVER w AS before, lag(b.rank) OVER w AS rank_before,
    coalesce(lag(b.hash) OVER w, '') AS head
  FROM auctions_bid b JOIN auctions_floor f ON f.lot_id = b.lot_id
  WINDOW w AS (PARTITION BY b.lot_id ORDER BY b.seq, b.id)
) x WHERE seq <> place OR previous_hash <> head OR amount_fen < CASE
  WHEN before IS NULL THEN start_fen
  WHEN rank > 0 AND (rank_before = 0 OR rank < rank_before) THEN before
  ELSE before + increment_fen END
"""
OUT_OF_TIME = """
SELECT * FROM (
  SELECT b.lot_id, b.seq, b.received_at, b.ends_at, f.opens_at,
    coalesce(lag(b.ends_at) OVER w, f.planned_ends_at) AS end_before
  FROM auctions_bid b JOIN auctions_floor f ON f.lot_id = b.lot_id
  WINDOW w AS (PARTITION BY b.lot_id ORDER BY b.seq)
) x WHERE received_at < opens_at OR received_at >= ends_at OR (received_at >= end_before AND NOT EXISTS (
  SELECT 1 FROM audit_event e
  WHERE e.subject_kind = 'auctions.lot' AND e.subject_id = x.lot_id AND e.name = 'auctions.lot.resume'
))
"""
UNENTITLED = """
SELECT b.id, b.lot_id, r.state FROM auctions_bid b
JOIN auctions_registration r ON r.id = b.registration_id
JOIN auctions_lot l ON l.id = b.lot_id
JOIN auctions_floor f ON f.lot_id = b.lot_id
WHERE NOT l.is_practice AND (
  r.lot_id <> b.lot_id OR r.paddle <> b.paddle OR r.admitted_at IS NULL OR r.organization_id = l.seller_id
  OR f.deposit_fen > 0 AND NOT EXISTS (SELECT 1 FROM settlement_hold h WHERE h.obligation_id = r.obligation_id)
)
"""
EXTENDED_WRONGLY = """
SELECT * FROM (
  SELECT b.lot_id, b.seq, b.received_at, b.ends_at, b.extended, f.window_seconds, f.extension_seconds,
    coalesce(lag(b.ends_at) OVER w, f.planned_ends_at) AS end_before
  FROM auctions_bid b JOIN auctions_floor f ON f.lot_id = b.lot_id
  WINDOW w AS (PARTITION BY b.lot_id ORDER BY b.seq)
) x WHERE NOT EXISTS (
  SELECT 1 FROM audit_event e
  WHERE e.subject_kind = 'auctions.lot' AND e.subject_id = x.lot_id AND e.name = 'auctions.lot.resume'
) AND (ends_at <> CASE
  WHEN end_before - received_at > make_interval(secs => window_seconds) THEN end_before
  ELSE greatest(end_before, received_at + make_interval(secs => extension_seconds)) END
  OR extended <> (ends_at <> end_before))
"""
MISCOUNTED_EXTENSIONS = """
SELECT f.lot_id, f.extensions, count(b.id) AS extended FROM auctions_floor f
LEFT JOIN auctions_bid b ON b.lot_id = f.lot_id AND b.extended
GROUP BY f.lot_id, f.extensions HAVING f.extensions <> count(b.id)
"""
WRONG_WINNER = """
SELECT r.lot_id, r.outcome, r.winning_bid_id, t.id AS top FROM auctions_result r
LEFT JOIN LATERAL (
  SELECT id, amount_fen, hash FROM auctions_bid WHERE lot_id = r.lot_id ORDER BY seq DESC LIMIT 1
) t ON true
WHERE (r.outcome = 'sold' AND (r.winning_bid_id IS DISTINCT FROM t.id OR r.price_fen IS DISTINCT FROM t.amount_fen))
  OR (r.outcome = 'no_bid' AND t.id IS NOT NULL) OR r.head_hash <> coalesce(t.hash, '')
"""
TWO_WINNERS = """
SELECT lot_id, count(*) AS winners FROM auctions_registration WHERE state = 'won' GROUP BY lot_id HAVING count(*) > 1
UNION ALL
SELECT r.lot_id, 0 FROM auctions_result r JOIN auctions_bid b ON b.id = r.winning_bid_id
JOIN auctions_registration g ON g.id = b.registration_id WHERE g.state <> 'won'
"""
DECIDED_WITHOUT_RESULT = """
SELECT l.id, l.state FROM auctions_lot l LEFT JOIN auctions_result r ON r.lot_id = l.id
WHERE r.id IS NULL AND l.state IN ('sold_provisional', 'sold', 'unsold', 'after_sale_talks', 'sold_by_agreement')
"""
KEPT_TOO_LONG = """
SELECT r.id, r.lot_id, h.number FROM auctions_registration r
JOIN settlement_hold h ON h.obligation_id = r.obligation_id AND h.state = 'held'
WHERE r.state = 'lost' AND r.ended_at < clock_timestamp() - interval '24 hours'
"""


def install() -> None:
    """Register them; called once at start-up."""
    say = invariants.register
    say("I5", "The floor of every lot counts exactly its bids.", UNCOUNTED)
    say("I5", "Every bid has exactly one event.", UNTOLD)
    say("I6", "Bids rise by the increment, without a gap and in one chain.", FALLING)
    say("I7", "No bid was taken before the opening or after the end.", OUT_OF_TIME)
    say("I7", "Who bid was admitted with a deposit and is not the seller.", UNENTITLED)
    say("I8", "Only a bid in the last minutes moved the end, to just as long after itself.", EXTENDED_WRONGLY)
    say("I8", "The floor counts the extensions.", MISCOUNTED_EXTENSIONS)
    say("I9", "The highest bid wins.", WRONG_WINNER)
    say("I9", "A lot has one winner.", TWO_WINNERS)
    say("I9", "Every lot that has ended was decided.", DECIDED_WITHOUT_RESULT)
    say("I9", "Deposits of losers go back within 24 hours.", KEPT_TOO_LONG)
