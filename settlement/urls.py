"""Addresses of the pages about money."""

from django.urls import path

from settlement import urls_bank, urls_income, urls_payouts, views

app_name = "settlement"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("statement.csv", views.Statement.as_view(), name="statement"),
    path("desk/", views.Desk.as_view(), name="desk"),
    path("desk/proofs/", views.Proofs.as_view(), name="proofs"),
    path("accounts/<str:code>/", views.AccountDetail.as_view(), name="account"),
    path("accounts/<str:code>/statement.<str:file_format>", views.AccountDetail.as_view(), name="account_file"),
    path("statements/", views.StatementList.as_view(), name="statement_list"),
    path("statements/parties/<slug:public_id>/", views.PartyStatement.as_view(), name="party_statement"),
    path(
        "statements/parties/<slug:public_id>/statement.<str:file_format>",
        views.PartyStatement.as_view(),
        name="party_statement_file",
    ),
    path("statements/objects/<str:number>/", views.ObjectStatement.as_view(), name="object_statement"),
    path(
        "statements/objects/<str:number>/statement.<str:file_format>",
        views.ObjectStatement.as_view(),
        name="object_statement_file",
    ),
    path("entries/<int:pk>/", views.EntryDetail.as_view(), name="entry_detail"),
    path("cases/<int:pk>/", views.CaseDetail.as_view(), name="case"),
    path("payments/<slug:order_id>/", views.PaymentDetail.as_view(), name="payment"),
    path("obligations/<str:number>/", views.ObligationDetail.as_view(), name="obligation_detail"),
    path("obligations/<str:number>/payments/", views.StartPayment.as_view(), name="start_payment"),
    path("obligations/<str:number>/objections/", views.ObjectToRelease.as_view(), name="object"),
    path("obligations/<str:number>/objections/settle/", views.SettleObjection.as_view(), name="settle_objection"),
    *urls_bank.urlpatterns,
    *urls_income.urlpatterns,
    *urls_payouts.urlpatterns,
]
