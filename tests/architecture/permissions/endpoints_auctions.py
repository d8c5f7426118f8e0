"""The endpoints of auctions."""

from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"
FIRST = "=1"  # place of a session in its season, sequence number of a bid

SEASONS = [
    e("api_auction_seasons", READ, "public"),
    e("api_auction_season", READ, "public", code="season"),
    e("api_auction_season", READ, "sees a season in draft", code="season_draft"),
    e("api_auction_sessions", READ, "public", code="season"),
    e("api_auction_session", READ, "public", code="season", position=FIRST),
    e("api_auction_session", READ, "not announced to anybody", code="season_draft", position=FIRST),
]

LOTS = [
    e("api_auction_lots", READ, "public"),
    e("api_auction_lot", READ, "public", number="lot"),
    e("api_auction_lot", READ, "sees a lot before its notice", number="lot_selected"),
    e("api_auction_lot_live", READ, "public", number="lot"),
    e("api_auction_lot_live", READ, "not announced to anybody", number="lot_selected"),
    e("api_auction_lot_record", READ, "public", number="lot_sold"),
    e("api_auction_lot_record", READ, "not announced to anybody", number="lot"),
    e("api_auction_lot_documents", READ, "public", number="lot"),
    e("api_auction_lot_documents", READ, "sees a lot before its notice", number="lot_selected"),
    e("api_auction_lot_questions", READ, "public", number="lot"),
    e("api_auction_lot_questions", READ, "sees a lot before its notice", number="lot_selected"),
]

BIDS = [
    e("api_auction_bids", READ, "public", number="lot"),
    e("api_auction_bids", WRITE, "places a bid", "bidding", number="lot"),
    e("api_auction_own_bid", READ, "bid it", "counterparty", number="lot_sold", seq=FIRST),
    e("api_auction_maximum", "POST DELETE", "places a bid", "bidding", number="lot"),
]

ENTRIES = [*SEASONS, *LOTS, *BIDS]
