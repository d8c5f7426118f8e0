"""The API of patents."""

from django.urls import path

from patents.api.extracts import Confirmed, Extracts, PatentExtracts, Refused
from patents.api.imports import Confirmations, Discards, ImportOne, ImportRows, Imports, Undos
from patents.api.register import PatentOne, Patents
from patents.api.verdicts import NumberChecks

urlpatterns = [
    path("patents/", Patents.as_view(), name="api_patents"),
    path("patents/<str:number>/", PatentOne.as_view(), name="api_patent"),
    path("patents/<str:number>/extracts/", PatentExtracts.as_view(), name="api_patent_extracts"),
    path("register-extracts/", Extracts.as_view(), name="api_extracts"),
    path("register-extracts/<int:pk>/confirmations/", Confirmed.as_view(), name="api_extract_confirmations"),
    path("register-extracts/<int:pk>/refusals/", Refused.as_view(), name="api_extract_refusals"),
    path("patent-numbers/checks/", NumberChecks.as_view(), name="api_number_checks"),
    path("imports/", Imports.as_view(), name="api_imports"),
    path("imports/<int:pk>/", ImportOne.as_view(), name="api_import"),
    path("imports/<int:pk>/rows/", ImportRows.as_view(), name="api_import_rows"),
    path("imports/<int:pk>/confirmations/", Confirmations.as_view(), name="api_import_confirmations"),
    path("imports/<int:pk>/discards/", Discards.as_view(), name="api_import_discards"),
    path("imports/<int:pk>/undos/", Undos.as_view(), name="api_import_undos"),
]
