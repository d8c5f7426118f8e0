"""Addresses of the register, the portfolio and its imports."""

from django.urls import path, re_path

from patents import views

app_name = "patents"

urlpatterns = [
    path("patents/", views.PatentList.as_view(), name="list"),
    re_path(r"^patents/export\.(?P<form>csv|xlsx)$", views.ExportPatents.as_view(), name="export"),
    path("patents/numbers/", views.CheckNumbers.as_view(), name="check_numbers"),
    path("patents/extracts/", views.ExtractList.as_view(), name="extract_list"),
    path("patents/extracts/<int:pk>/confirmation/", views.ConfirmExtract.as_view(), name="extract_confirm"),
    path("patents/extracts/<int:pk>/refusal/", views.RefuseExtract.as_view(), name="extract_refuse"),
    path("patents/<str:number>/", views.PatentDetail.as_view(), name="detail"),
    path("patents/<str:number>/extracts/new/", views.NewExtract.as_view(), name="extract_new"),
    path("portfolio/", views.Portfolio.as_view(), name="portfolio"),
    path("portfolio/imports/", views.ImportList.as_view(), name="import_list"),
    path("portfolio/imports/new/", views.NewImport.as_view(), name="import_new"),
    re_path(
        r"^portfolio/imports/template\.(?P<form>csv|xlsx)$", views.ImportTemplate.as_view(), name="import_template"
    ),
    path("portfolio/imports/<int:pk>/", views.ImportDetail.as_view(), name="import_detail"),
    path("portfolio/imports/<int:pk>/confirmation/", views.ConfirmImport.as_view(), name="import_confirm"),
    path("portfolio/imports/<int:pk>/discard/", views.DiscardImport.as_view(), name="import_discard"),
    path("portfolio/imports/<int:pk>/undo/", views.UndoImport.as_view(), name="import_undo"),
    re_path(
        r"^portfolio/imports/(?P<pk>[0-9]{1,18})/errors\.(?P<form>csv|xlsx)$",
        views.ImportErrors.as_view(),
        name="import_errors",
    ),
]
