"""A bid on the lot of a number as one database call: one's registration, and `auctions_place_bid` (pure text).

For people in the room, whose session, membership and right to bid are known by then. No row, and nothing done, where
the party is not admitted; then `auctions.services.bids` finds out what it is. The registration is the one that
`auctions.queries.bids.entry` finds; tests hold the two against each other.
"""

ARGUMENTS = "text, bigint, bigint, text, bigint, integer, integer, text, text, text[]"
INSTALL = r"""
CREATE FUNCTION auctions_bid_by_number(
  p_number text, p_organization bigint, p_amount bigint, p_key text, p_user bigint,
  p_seen integer, p_refusals integer, p_province text, p_request text, p_subscribers text[]
) RETURNS TABLE (
  outcome text, refusal text, lowest bigint, place integer, offered bigint, digest text, taken_at timestamptz,
  ends timestamptz, longer boolean, leads boolean, lot bigint
) LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  SELECT x.id, x.lot_id INTO r
  FROM auctions_registration x JOIN auctions_lot l ON l.id = x.lot_id
  WHERE l.number = p_number AND x.organization_id = p_organization AND x.state = 'admitted'
  ORDER BY x.id DESC LIMIT 1;
  IF FOUND THEN
    RETURN QUERY SELECT p.*, r.lot_id FROM auctions_place_bid(
      r.lot_id, r.id, p_amount, p_key, p_user, p_seen, NULL, false, true, true, p_refusals, p_province, p_request,
      p_subscribers
    ) p;
  END IF;
END $$;
"""
REMOVE = f"DROP FUNCTION auctions_bid_by_number({ARGUMENTS})"
