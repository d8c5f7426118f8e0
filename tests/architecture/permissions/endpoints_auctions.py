"""The endpoints of auctions."""

from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"
REASON, CONDUCTS = {"reason": "因补充核查。"}, "conducts auctions"
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
    e("api_auction_lot_release", READ, "public", number="lot_sold"),
    e("api_auction_lot_release", READ, "not announced to anybody", number="lot_selected"),
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

CONDUCTING = [
    e("api_auction_pauses", WRITE, CONDUCTS, number="lot", body=REASON),
    e("api_auction_resumptions", WRITE, CONDUCTS, number="lot"),
    e("api_auction_call_offs", WRITE, CONDUCTS, number="lot", body=REASON),
    e("api_auction_withdrawals", WRITE, "withdraws a lot", number="lot", body=REASON),
    e("api_auction_lot_questions", WRITE, "asks about a lot", number="lot"),
    e("api_auction_answers", WRITE, "answers about a lot", number="lot", pk="lot_question"),
]

REGISTRATIONS = [
    e("api_auction_register", WRITE, "bids", number="lot"),
    e("api_auction_registrations", READ, "bids for itself"),
    e("api_auction_registration", READ, "sees a registration", pk="registration"),
    e("api_auction_registration_withdrawals", WRITE, "bids for itself", pk="registration"),
]

SALES = [
    e("api_auction_sales", READ, "member"),
    e("api_auction_sale", READ, "sees a sale", "counterparty", number="sale"),
    e("api_auction_sale_confirmations", WRITE, "buys", "counterparty", number="sale"),
    e("api_auction_sale_refusals", WRITE, "buys", "counterparty", number="sale"),
    e("api_auction_sale_signatures", WRITE, "signs the contract", "counterparty", number="sale",
      body={"sha256": "0" * 64, "may_sign": True}),
    e("api_auction_sale_filings", WRITE, "sells", "counterparty", number="sale"),
    e("api_auction_sale_registrations", WRITE, CONDUCTS, number="sale"),
    e("api_auction_sale_objections", WRITE, "objects to a sale", "counterparty", number="sale", body=REASON),
    e("api_auction_sale_dismissals", WRITE, CONDUCTS, number="sale", pk="sale_objection", body={"answer": "核对。"}),
    e("api_auction_sale_rulings", WRITE, CONDUCTS, number="sale", body={"act": "annul", **REASON}),
]  # fmt: skip

UNSOLD = [
    e("api_auction_rounds", WRITE, "declares", number="lot_unsold"),
    e("api_auction_conversions", WRITE, "declares", number="lot_unsold"),
    e("api_auction_returns", WRITE, "declares", number="lot_unsold"),
    e("api_auction_talks", WRITE, "declares", number="lot_unsold"),
    e("api_auction_talks", "DELETE", "declares", number="lot_in_talks"),
    e("api_auction_offers", READ, "sees talks", number="lot_in_talks"),
    e("api_auction_offers", WRITE, "makes an offer", number="lot_in_talks", body={"amount": "900000"}),
    e("api_auction_offer_acceptances", WRITE, "declares", number="lot_in_talks", pk="lot_offer"),
]

ENTRIES = [*SEASONS, *LOTS, *BIDS, *CONDUCTING, *REGISTRATIONS, *SALES, *UNSOLD]
