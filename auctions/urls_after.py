"""Pages of what follows the hammer, included by `auctions.urls`."""

from django.urls import path, re_path

from auctions.views import claims, sale_acts, sales, unsold

SALE, LOT = "sales/<str:number>/", "lots/<str:number>/"

urlpatterns = [
    path("sales/", sales.SaleList.as_view(), name="sale_list"),
    path(SALE, sales.SaleDetail.as_view(), name="sale_detail"),
    path(f"{SALE}notice/", sales.SaleNotice.as_view(), name="sale_notice"),
    path(f"{SALE}confirm/", sale_acts.ConfirmSale.as_view(), name="sale_confirm"),
    path(f"{SALE}decline/", sale_acts.DeclineSale.as_view(), name="sale_decline"),
    path(f"{SALE}contract/", sale_acts.SignContract.as_view(), name="sale_contract"),
    path(f"{SALE}filing/", sale_acts.FileTransfer.as_view(), name="sale_file"),
    path(f"{SALE}registration/", sale_acts.RegisterTransfer.as_view(), name="sale_register"),
    path(f"{SALE}claim/", claims.RaiseClaim.as_view(), name="sale_claim"),
    path(f"{SALE}claim/answer/", claims.AnswerClaim.as_view(), name="claim_answer"),
    path(f"{SALE}object/", sale_acts.ObjectToSale.as_view(), name="sale_object"),
    path(f"{SALE}objections/<int:pk>/dismiss/", sale_acts.DismissObjection.as_view(), name="sale_dismiss"),
    re_path(
        r"^sales/(?P<number>[^/]+)/decide/(?P<act>forfeit|annul|seller_default)/$",
        sale_acts.ProposeRuling.as_view(),
        name="sale_ruling",
    ),
    path(f"{LOT}after/", unsold.UnsoldLot.as_view(), name="lot_after"),
    path(f"{LOT}relist/", unsold.Relist.as_view(), name="lot_relist"),
    path(f"{LOT}convert/", unsold.Convert.as_view(), name="lot_convert"),
    path(f"{LOT}return/", unsold.ReturnToPool.as_view(), name="lot_return"),
    path(f"{LOT}talks/", unsold.Talks.as_view(), name="lot_talks"),
    path(f"{LOT}talks/open/", unsold.OpenTalks.as_view(), name="talks_open"),
    path(f"{LOT}talks/end/", unsold.EndTalks.as_view(), name="talks_end"),
    path(f"{LOT}talks/offer/", unsold.MakeOffer.as_view(), name="talks_offer"),
    path(f"{LOT}talks/<int:pk>/accept/", unsold.AcceptOffer.as_view(), name="talks_accept"),
]
