"""A bid by a token of the API as one database call: who asks, may they, and `auctions_place_bid` (pure text).

Finds the way of those only for whom everything is plain; for everybody else it answers "elsewhere" and has done
nothing, and the API's ordinary way says what is wrong. The rules are those of `accounts.authentication.Token`,
`accounts.rules.can` and `auctions.queries.bids.entry`; tests hold the two ways against each other.
"""

ARGUMENTS = "text, text, bigint, text, integer, text[], text[], integer, text, text, text[]"
INSTALL = r"""
CREATE FUNCTION auctions_bid_by_token(
  p_digest text,          -- of the token
  p_number text, p_amount bigint, p_key text,
  p_seen integer,
  p_bidding text[],       -- the roles that may bid
  p_demanding text[],     -- the roles that need a second factor, none where the installation asks for none
  p_refusals integer, p_province text, p_request text, p_subscribers text[]
) RETURNS TABLE (
  outcome text, refusal text, lowest bigint, place integer, offered bigint, digest text, taken_at timestamptz,
  ends timestamptz, longer boolean, leads boolean, lot bigint, number_of_paddle text
) LANGUAGE plpgsql AS $$
DECLARE
  m record;
  r record;
BEGIN
  SELECT x.user_id, x.organization_id, x.role, u.is_superuser,
    bool_or(x.role = ANY (p_demanding)) OVER () AS demanding
  INTO m
  FROM knox_authtoken t
  JOIN accounts_user u ON u.id = t.user_id AND u.is_active
  JOIN accounts_membership x ON x.user_id = u.id AND x.is_active
  WHERE t.digest = p_digest AND (t.expiry IS NULL OR t.expiry > clock_timestamp())
  ORDER BY x.id LIMIT 1;
  IF FOUND AND m.role = ANY (p_bidding) AND NOT m.demanding AND NOT m.is_superuser THEN
    SELECT x.id, x.lot_id, x.paddle INTO r
    FROM auctions_registration x JOIN auctions_lot l ON l.id = x.lot_id
    WHERE l.number = p_number AND x.organization_id = m.organization_id AND x.state = 'admitted'
    ORDER BY x.id DESC LIMIT 1;
    IF FOUND THEN
      RETURN QUERY SELECT p.*, r.lot_id, r.paddle::text FROM auctions_place_bid(
        r.lot_id, r.id, p_amount, p_key, m.user_id, p_seen, NULL, false, true, true, p_refusals, p_province,
        p_request, p_subscribers
      ) p;
      RETURN;
    END IF;
  END IF;
  outcome := 'elsewhere';
  RETURN NEXT;
END $$;
"""
REMOVE = f"DROP FUNCTION auctions_bid_by_token({ARGUMENTS})"
