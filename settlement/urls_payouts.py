"""Addresses of the pages about payouts, refund requests, disputes and the own books."""

from django.urls import path

from settlement.views import disputes, own_books, payout_account, payouts, refund_requests

urlpatterns = [
    path("payouts/", payouts.PayoutRuns.as_view(), name="payout_runs"),
    path("payouts/received/", payouts.Received.as_view(), name="payouts_received"),
    path("payouts/runs/<str:number>/", payouts.RunDetail.as_view(), name="payout_run"),
    path("payouts/runs/<str:number>/file/", payouts.RunFile.as_view(), name="payout_run_file"),
    path("payouts/runs/<str:number>/<slug:act>/", payouts.RunAct.as_view(), name="payout_run_act"),
    path("payouts/<slug:number>/", payouts.PayoutDetail.as_view(), name="payout"),
    path("payouts/<slug:number>/<slug:act>/", payouts.PayoutAct.as_view(), name="payout_act"),
    path("payout-account/", payout_account.PayoutAccount.as_view(), name="payout_account"),
    path("payout-account/<int:pk>/withdraw/", payout_account.WithdrawAccount.as_view(), name="withdraw_account"),
    path("refund-requests/", refund_requests.RefundRequests.as_view(), name="refund_requests"),
    path("refund-requests/<str:number>/", refund_requests.RequestDetail.as_view(), name="refund_request"),
    path("refund-requests/<str:number>/<slug:act>/", refund_requests.RequestAct.as_view(), name="refund_request_act"),
    path("obligations/<str:number>/refund-requests/", refund_requests.AskBack.as_view(), name="ask_back"),
    path("obligations/<str:number>/disputes/", disputes.OpenDispute.as_view(), name="open_dispute"),
    path("disputes/", disputes.Disputes.as_view(), name="disputes"),
    path("disputes/<str:number>/", disputes.DisputeDetail.as_view(), name="dispute"),
    path("disputes/<str:number>/offers/<int:pk>/<slug:act>/", disputes.AnswerOffer.as_view(), name="dispute_offer"),
    path("disputes/<str:number>/<slug:act>/", disputes.DisputeAct.as_view(), name="dispute_act"),
    path("own-books/", own_books.OwnBooks.as_view(), name="own_books"),
    path("own-books/entries/", own_books.NewOwnEntry.as_view(), name="new_own_entry"),
    path("own-books/sweeps/", own_books.NewSweep.as_view(), name="new_sweep"),
]
