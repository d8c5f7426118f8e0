"""Downloads of the record of a decided lot, and of the program that checks it; public."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View

from auctions import protocol, verify_record
from auctions.queries import records


def download(content: str, name: str, content_type: str) -> HttpResponse:
    """A text as a file."""
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class RecordJson(View):
    """The record that `verify_record` reads."""

    def get(self, request, number):
        lot = get_object_or_404(records.decided(request.membership), number=number)
        return download(protocol.as_json(lot), f"{lot.number}.json", "application/json")


class RecordCsv(View):
    """The bids as a table."""

    def get(self, request, number):
        lot = get_object_or_404(records.decided(request.membership), number=number)
        return download(protocol.as_csv(lot), f"{lot.number}.csv", "text/csv")


class RecordPdf(View):
    """The sealed PDF, as soon as it is made."""

    def get(self, request, number):
        file = records.signed_record(get_object_or_404(records.decided(request.membership), number=number))
        if file is None:
            raise Http404
        response = FileResponse(
            file.content.open("rb"), as_attachment=True, filename=f"{number}.pdf", content_type="application/pdf"
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Verifier(View):
    """The program, to run alone."""

    def get(self, request):
        return download(Path(verify_record.__file__).read_text(encoding="utf-8"), "verify_record.py", "text/x-python")
