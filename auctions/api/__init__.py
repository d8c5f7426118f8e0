"""The API of auctions: seasons, lots and their floors, bidders, and what follows the hammer."""

from django.urls import path

from auctions.api import bids, lots, seasons

SEASON, LOT = "auction-seasons/<str:code>/", "lots/<str:number>/"

urlpatterns = [
    path("auction-seasons/", seasons.Seasons.as_view(), name="api_auction_seasons"),
    path(SEASON, seasons.SeasonOne.as_view(), name="api_auction_season"),
    path(f"{SEASON}sessions/", seasons.Sessions.as_view(), name="api_auction_sessions"),
    path(f"{SEASON}sessions/<int:position>/", seasons.SessionOne.as_view(), name="api_auction_session"),
    path("lots/", lots.Lots.as_view(), name="api_auction_lots"),
    path(LOT, lots.LotOne.as_view(), name="api_auction_lot"),
    path(f"{LOT}live/", lots.LotLive.as_view(), name="api_auction_lot_live"),
    path(f"{LOT}record/", lots.LotRecord.as_view(), name="api_auction_lot_record"),
    path(f"{LOT}documents/", lots.LotDocuments.as_view(), name="api_auction_lot_documents"),
    path(f"{LOT}questions/", lots.LotQuestions.as_view(), name="api_auction_lot_questions"),
    path(f"{LOT}bids/", bids.Bids.as_view(), name="api_auction_bids"),
    path(f"{LOT}bids/<int:seq>/", bids.OwnBid.as_view(), name="api_auction_own_bid"),
    path(f"{LOT}maximum/", bids.Maximum.as_view(), name="api_auction_maximum"),
]
