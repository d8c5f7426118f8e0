"""Addresses of the pages about money."""

from django.urls import path

from settlement import urls_bank, urls_income, urls_payouts, views

app_name = "settlement"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("statement.csv", views.Statement.as_view(), name="statement"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("accounts/<str:code>/", views.AccountDetail.as_view(), name="account"),
    path("entries/<int:pk>/", views.EntryDetail.as_view(), name="entry_detail"),
    path("cases/<int:pk>/", views.CaseDetail.as_view(), name="case"),
    path("payments/<slug:order_id>/", views.PaymentDetail.as_view(), name="payment"),
    path("obligations/<str:number>/", views.ObligationDetail.as_view(), name="obligation_detail"),
    path("obligations/<str:number>/payments/", views.StartPayment.as_view(), name="start_payment"),
    path("obligations/<str:number>/objections/", views.ObjectToRelease.as_view(), name="object"),
    path("obligations/<str:number>/objections/settle/", views.SettleObjection.as_view(), name="settle_objection"),
    *urls_bank.urlpatterns,
    *urls_payouts.urlpatterns,
    *urls_income.urlpatterns,
]
