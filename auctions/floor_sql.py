"""A bid as one database call: the function `auctions_place_bid` (pure text; installed by migration).

The rules are those of `bidding.check`, `bidding.accept` and `chain.bid_hash`, the event is hashed as
`foundation.audit.canonical` does; tests hold each pair against each other. Locks: first the history of the lot (the
advisory lock that every event about it takes as well), so that bids queue once and in the order of arrival.
"""

ARGUMENTS = (
    "bigint, bigint, bigint, text, bigint, integer, timestamptz, boolean, boolean, boolean, integer, text, text, text[]"
)
FUNCTION = r"""
CREATE FUNCTION auctions_place_bid(
  p_lot bigint, p_registration bigint, p_amount bigint, p_key text, p_user bigint,
  p_seen integer,         -- the sequence number the bidder saw, or null
  p_at timestamptz,       -- null: now; a proxy's bid has the moment of the bid it answers
  p_proxy boolean,        -- made from a maximum
  p_alone boolean,        -- this call is the whole transaction
  p_locked boolean,       -- false in the twins of race tests only
  p_refusals integer,     -- refused bids that a registration may make in a second
  p_province text, p_request text, p_subscribers text[]
) RETURNS TABLE (
  outcome text,           -- accepted, repeated, refused, together (proxies wait: call again inside a transaction)
  refusal text, lowest bigint, place integer, offered bigint, digest text, taken_at timestamptz, ends timestamptz,
  longer boolean, leads boolean
) LANGUAGE plpgsql AS $$
DECLARE
  f record;
  b record;
  moment timestamptz;
  new_end timestamptz;
  minimum bigint;
  top bigint;
  beside bigint;
  chained text;
  head text;
  facts text;
  whole text;
  event bigint;
BEGIN
  IF p_locked THEN
    PERFORM set_config('lock_timeout', '3s', true);
    IF p_alone THEN
      PERFORM set_config('synchronous_commit', 'off', true);  -- the caller waits for the flush before it answers
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:auctions.lot:' || p_lot, 0));
  END IF;
  moment := coalesce(p_at, app_now());

  SELECT x.* INTO b FROM auctions_bid x WHERE x.registration_id = p_registration AND x.key = p_key;
  IF FOUND AND b.amount_fen = p_amount THEN
    RETURN QUERY SELECT 'repeated', NULL::text, NULL::bigint, b.seq::integer, b.amount_fen, b.hash::text,
      b.received_at, b.ends_at, b.extended, NOT EXISTS (
        SELECT 1 FROM auctions_bid n
        WHERE n.lot_id = b.lot_id AND n.seq > b.seq AND n.received_at = b.received_at AND n.by_proxy
      );
    RETURN;
  END IF;

  SELECT x.*, l.number, l.state AS lot_state, l.is_practice, l.relisted_from_id, r.paddle, r.priority_rank,
    r.organization_id, r.state AS registration_state,
    coalesce(o.group_id, o.id) = coalesce(s.group_id, s.id) AS of_the_seller,
    (x.deposit_fen = 0 OR l.is_practice OR EXISTS (
      SELECT 1 FROM settlement_hold h WHERE h.obligation_id = r.obligation_id AND h.state = 'held'
    )) AS secured,
    NOT (x.closed_at IS NOT NULL) AND (
      x.paused_at IS NOT NULL OR coalesce(x.hard_limit_at < x.ends_at AND moment >= x.hard_limit_at, false)
    ) AS halted
  INTO STRICT f
  FROM auctions_floor x
  JOIN auctions_lot l ON l.id = x.lot_id
  JOIN auctions_registration r ON r.id = p_registration AND r.lot_id = l.id
  JOIN accounts_organization o ON o.id = r.organization_id
  JOIN accounts_organization s ON s.id = l.seller_id
  WHERE x.lot_id = p_lot;

  minimum := CASE
    WHEN f.price_fen IS NULL THEN f.start_fen
    WHEN f.priority_rank > 0 AND (f.leader_rank = 0 OR f.priority_rank < f.leader_rank) THEN f.price_fen
    ELSE f.price_fen + f.increment_fen
  END;
  top := coalesce(f.price_fen, f.start_fen) + f.max_steps * f.increment_fen;
  beside := (p_amount - f.start_fen) % f.increment_fen;
  lowest := NULL;
  IF b.id IS NOT NULL THEN
    refusal := 'duplicate';
  ELSIF f.halted THEN
    refusal := 'paused';
  ELSIF f.closed_at IS NOT NULL OR f.lot_state NOT IN ('registration_open', 'live')
      OR moment < f.opens_at OR moment >= f.ends_at THEN
    refusal := 'not_live';
  ELSIF f.registration_state <> 'admitted' OR NOT f.secured
      OR (f.relisted_from_id IS NOT NULL AND auctions_is_barred(f.relisted_from_id, f.organization_id, moment)) THEN
    refusal := 'not_admitted';
  ELSIF f.of_the_seller AND NOT f.is_practice THEN
    refusal := 'seller_related';
  ELSIF f.leader_id = p_registration AND NOT f.own_raise THEN
    refusal := 'self_outbid'; lowest := minimum;
  ELSIF p_amount < minimum THEN
    refusal := CASE WHEN p_seen < f.seq AND EXISTS (
      SELECT 1 FROM auctions_bid x
      WHERE x.lot_id = p_lot AND x.seq = p_seen AND p_amount >= x.amount_fen + f.increment_fen
      UNION ALL SELECT 1 WHERE p_seen = 0 AND p_amount >= f.start_fen
    ) THEN 'stale' ELSE 'below_min' END;
    lowest := minimum;
  ELSIF f.on_grid AND beside <> 0 THEN
    refusal := 'off_grid'; lowest := p_amount - beside + f.increment_fen;
  ELSIF p_amount > top THEN
    refusal := 'over_limit'; lowest := minimum;
  END IF;

  IF refusal IS NOT NULL THEN
    IF NOT p_proxy THEN
      IF p_refusals <= (
        SELECT count(*) FROM auctions_bidattempt a
        WHERE a.registration_id = p_registration AND a.received_at > moment - interval '1 second'
      ) THEN
        refusal := 'rate_limit';  -- not kept: that is the point of it
      ELSE
        INSERT INTO auctions_bidattempt
          (lot_id, registration_id, user_id, amount_fen, code, minimum_fen, seq, received_at)
        VALUES (p_lot, p_registration, p_user, p_amount, refusal, lowest, f.seq, moment);
      END IF;
    END IF;
    RETURN QUERY SELECT 'refused', refusal, lowest, f.seq::integer, p_amount, NULL::text, moment, f.ends_at, false,
      false;
    RETURN;
  END IF;

  IF p_alone AND EXISTS (
    SELECT 1 FROM auctions_proxy x JOIN auctions_registration r ON r.id = x.registration_id
    WHERE r.lot_id = p_lot AND x.is_active AND r.id <> p_registration
  ) THEN
    RETURN QUERY SELECT 'together', NULL::text, NULL::bigint, NULL::integer, NULL::bigint, NULL::text,
      NULL::timestamptz, NULL::timestamptz, NULL::boolean, NULL::boolean;
    RETURN;
  END IF;

  new_end := CASE
    WHEN f.ends_at - moment > make_interval(secs => f.window_seconds) THEN f.ends_at
    ELSE greatest(f.ends_at, moment + make_interval(secs => f.extension_seconds))
  END;
  chained := encode(sha256(convert_to(concat_ws('|', f.head_hash, f.number, f.seq + 1, f.paddle, p_amount,
    f.priority_rank, auctions_moment(moment)), 'UTF8')), 'hex');
  INSERT INTO auctions_bid (lot_id, registration_id, seq, paddle, amount_fen, rank, received_at, ends_at, extended,
    by_proxy, user_id, request_id, key, previous_hash, hash)
  VALUES (p_lot, p_registration, f.seq + 1, f.paddle, p_amount, f.priority_rank, moment, new_end,
    new_end <> f.ends_at, p_proxy, p_user, p_request, p_key, f.head_hash, chained);
  UPDATE auctions_floor x SET price_fen = p_amount, leader_id = p_registration, leader_rank = f.priority_rank,
    seq = f.seq + 1, ends_at = new_end, extensions = f.extensions + (new_end <> f.ends_at)::integer,
    head_hash = chained
  WHERE x.lot_id = p_lot;

  -- the event, in public by paddle: nobody behind it is named
  SELECT e.hash INTO head FROM audit_event e
  WHERE e.subject_kind = 'auctions.lot' AND e.subject_id = p_lot ORDER BY e.seq DESC LIMIT 1;
  head := coalesce(head, '');
  facts := '{"after":{},"before":{},"facts":{"amount":{"currency":"CNY","fen":' || p_amount
    || '},"ends_at":"' || auctions_moment(new_end) || '","extended":' || (new_end <> f.ends_at)::text
    || ',"hash":"' || chained || '","paddle":' || to_json(f.paddle::text)::text || ',"rank":' || f.priority_rank
    || ',"seq":' || (f.seq + 1) || '},"reason":""}';
  whole := '{"actor_organization_id":null,"actor_role":"bidder","actor_user_id":null,"data":' || facts
    || ',"name":"auctions.bid.placed","occurred_at":"' || auctions_moment(moment)
    || '","party_ids":[],"province":' || to_json(p_province)::text || ',"request_id":' || to_json(p_request)::text
    || ',"subject_id":' || p_lot || ',"subject_kind":"auctions.lot","subject_number":' || to_json(f.number::text)::text
    || ',"visibility":"public"}';
  INSERT INTO audit_event (name, subject_kind, subject_id, subject_number, province, actor_role, data, visibility,
    party_ids, request_id, occurred_at, previous_hash, hash)
  VALUES ('auctions.bid.placed', 'auctions.lot', p_lot, f.number, p_province, 'bidder', facts::jsonb, 'public', '{}',
    p_request, moment, head, encode(sha256(convert_to(head || E'\n' || whole, 'UTF8')), 'hex'))
  RETURNING audit_event.seq INTO event;
  -- who was outbid within a minute sits in the room and sees it: nothing is delivered then (`notices_bidders.QUIET`)
  IF EXISTS (
    SELECT 1 FROM auctions_bid x WHERE x.lot_id = p_lot AND x.seq = f.seq AND x.registration_id <> p_registration
      AND moment - x.received_at >= interval '1 minute'
  ) THEN
    INSERT INTO audit_delivery (event_id, subscriber, state, attempts, next_try_at, last_error)
    SELECT event, x, 'pending', 0, clock_timestamp(), '' FROM unnest(p_subscribers) AS x;
  END IF;

  RETURN QUERY SELECT 'accepted', NULL::text, NULL::bigint, (f.seq + 1)::integer, p_amount, chained, moment, new_end,
    new_end <> f.ends_at, true;
END $$;
"""
MOMENT = r"""
CREATE FUNCTION auctions_moment(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'
$$;
"""
BARRED = r"""
CREATE FUNCTION auctions_is_barred(p_earlier bigint, p_organization bigint, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE rounds AS (
    SELECT id, relisted_from_id FROM auctions_lot WHERE id = p_earlier
    UNION ALL SELECT l.id, l.relisted_from_id FROM auctions_lot l JOIN rounds r ON l.id = r.relisted_from_id
  )
  SELECT EXISTS (
    SELECT 1 FROM auctions_bar b JOIN rounds ON rounds.id = b.lot_id
    WHERE b.organization_id = p_organization
      AND (b.until IS NULL OR b.until >= (p_at AT TIME ZONE 'Asia/Shanghai')::date)
  )
$$;
"""
INSTALL = MOMENT + BARRED + FUNCTION
RENEW = FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
REMOVE = f"""
DROP FUNCTION auctions_place_bid({ARGUMENTS});
DROP FUNCTION auctions_is_barred(bigint, bigint, timestamptz);
DROP FUNCTION auctions_moment(timestamptz);
"""
