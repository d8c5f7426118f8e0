"""The API of auctions: seasons, lots and their floors, bidders, and what follows the hammer."""

from django.urls import path

from auctions.api import bids, conducting, lots, registrations, sales, seasons, unsold

SEASON, LOT = "auction-seasons/<str:code>/", "lots/<str:number>/"
REGISTRATION, SALE = "auction-registrations/<int:pk>/", "auction-sales/<str:number>/"

urlpatterns = [
    path("auction-seasons/", seasons.Seasons.as_view(), name="api_auction_seasons"),
    path(SEASON, seasons.SeasonOne.as_view(), name="api_auction_season"),
    path(f"{SEASON}sessions/", seasons.Sessions.as_view(), name="api_auction_sessions"),
    path(f"{SEASON}sessions/<int:position>/", seasons.SessionOne.as_view(), name="api_auction_session"),
    path("lots/", lots.Lots.as_view(), name="api_auction_lots"),
    path(LOT, lots.LotOne.as_view(), name="api_auction_lot"),
    path(f"{LOT}live/", lots.LotLive.as_view(), name="api_auction_lot_live"),
    path(f"{LOT}record/", lots.LotRecord.as_view(), name="api_auction_lot_record"),
    path(f"{LOT}release/", lots.LotRelease.as_view(), name="api_auction_lot_release"),
    path(f"{LOT}documents/", lots.LotDocuments.as_view(), name="api_auction_lot_documents"),
    path(f"{LOT}questions/", conducting.LotQuestions.as_view(), name="api_auction_lot_questions"),
    path(f"{LOT}bids/", bids.Bids.as_view(), name="api_auction_bids"),
    path(f"{LOT}bids/<int:seq>/", bids.OwnBid.as_view(), name="api_auction_own_bid"),
    path(f"{LOT}maximum/", bids.Maximum.as_view(), name="api_auction_maximum"),
    path(f"{LOT}questions/<int:pk>/answers/", conducting.AnswerAboutLot.as_view(), name="api_auction_answers"),
    path(f"{LOT}pauses/", conducting.LotPauses.as_view(), name="api_auction_pauses"),
    path(f"{LOT}resumptions/", conducting.LotResumptions.as_view(), name="api_auction_resumptions"),
    path(f"{LOT}call-offs/", conducting.LotCallOffs.as_view(), name="api_auction_call_offs"),
    path(f"{LOT}withdrawals/", conducting.LotWithdrawals.as_view(), name="api_auction_withdrawals"),
    path(f"{LOT}registrations/", registrations.Register.as_view(), name="api_auction_register"),
    path("auction-registrations/", registrations.Registrations.as_view(), name="api_auction_registrations"),
    path(REGISTRATION, registrations.RegistrationOne.as_view(), name="api_auction_registration"),
    path(
        f"{REGISTRATION}withdrawals/",
        registrations.RegistrationWithdrawals.as_view(),
        name="api_auction_registration_withdrawals",
    ),
    path("auction-sales/", sales.Sales.as_view(), name="api_auction_sales"),
    path(SALE, sales.SaleOne.as_view(), name="api_auction_sale"),
    path(f"{SALE}confirmations/", sales.SaleConfirmations.as_view(), name="api_auction_sale_confirmations"),
    path(f"{SALE}refusals/", sales.SaleRefusals.as_view(), name="api_auction_sale_refusals"),
    path(f"{SALE}signatures/", sales.SaleSignatures.as_view(), name="api_auction_sale_signatures"),
    path(f"{SALE}filings/", sales.SaleFilings.as_view(), name="api_auction_sale_filings"),
    path(f"{SALE}registrations/", sales.SaleRegistrations.as_view(), name="api_auction_sale_registrations"),
    path(f"{SALE}objections/", sales.SaleObjections.as_view(), name="api_auction_sale_objections"),
    path(f"{SALE}objections/<int:pk>/dismissals/", sales.SaleDismissals.as_view(), name="api_auction_sale_dismissals"),
    path(f"{SALE}rulings/", sales.SaleRulings.as_view(), name="api_auction_sale_rulings"),
    path(f"{LOT}rounds/", unsold.Relistings.as_view(), name="api_auction_rounds"),
    path(f"{LOT}conversions/", unsold.Conversions.as_view(), name="api_auction_conversions"),
    path(f"{LOT}returns/", unsold.Returns.as_view(), name="api_auction_returns"),
    path(f"{LOT}talks/", unsold.Talks.as_view(), name="api_auction_talks"),
    path(f"{LOT}offers/", unsold.Offers.as_view(), name="api_auction_offers"),
    path(f"{LOT}offers/<int:pk>/acceptances/", unsold.OfferAcceptances.as_view(), name="api_auction_offer_acceptances"),
]
