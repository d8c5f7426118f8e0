"""Records of decided lots, included by `auctions.urls`."""

from django.urls import path

from auctions.views import records

urlpatterns = [
    path("verify_record.py", records.Verifier.as_view(), name="record_verifier"),
    path("lots/<str:number>/record.json", records.RecordJson.as_view(), name="lot_record_json"),
    path("lots/<str:number>/record.csv", records.RecordCsv.as_view(), name="lot_record_csv"),
    path("lots/<str:number>/record.pdf", records.RecordPdf.as_view(), name="lot_record_pdf"),
]
