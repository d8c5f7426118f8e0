"""Importing a portfolio: upload, preview, confirm, errors, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views import View

from accounts import history as accounts_history
from accounts.access import MemberRequired
from foundation.audit import actions_for
from foundation.core.errors import DomainError
from foundation.core.forms import run
from foundation.jobs import tables
from foundation.jobs.queries import imports
from patents import services
from patents.forms import ConfirmForm, UploadForm
from patents.importing import columns
from patents.importing.shown import error_header, error_rows, shown_errors
from patents.presentation import XLSX
from patents.views.register import page_number

Keeper = MemberRequired.having("manage_portfolio")
SHOWN = 50


def found(request, pk):
    """The import of one's own organization, or 404."""
    return get_object_or_404(imports.visible_to(request.membership), pk=pk, kind="patents.portfolio")


class ImportList(Keeper, View):
    """The imports so far."""

    def get(self, request):
        batches = imports.visible_to(request.membership).filter(kind="patents.portfolio")
        page = Paginator(batches, SHOWN).get_page(page_number(request))
        return render(request, "patents/import_list.html", {"page": page})


class NewImport(Keeper, View):
    """Send a file."""

    def get(self, request):
        return render(request, "patents/import_form.html", {"form": UploadForm(), "columns": columns.COLUMNS})

    def post(self, request):
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            batch = run(form, services.start_import, upload=form.cleaned_data["file"], actor=request.membership)
            if batch is not None:
                return redirect("patents:import_detail", pk=batch.pk)
        return render(request, "patents/import_form.html", {"form": form, "columns": columns.COLUMNS}, status=422)


class ImportTemplate(Keeper, View):
    """An empty table with the header and one example row."""

    def get(self, request, form):
        header, rows = columns.headers(get_language() or "zh-hans"), [columns.example_row()]
        if form == "xlsx":
            response = HttpResponse(tables.xlsx_bytes(header, rows), content_type=XLSX)
        else:
            response = HttpResponse(tables.csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="portfolio-template.{form}"'
        return response


class ImportDetail(Keeper, View):
    """Progress while it runs, the preview, and what became of it."""

    def get(self, request, pk):
        batch = found(request, pk)
        return self.shown(request, batch, ConfirmForm(initial={"sha256": batch.sha256}, foreign=batch.rows_foreign))

    def shown(self, request, batch, form, status=200):
        show = request.GET.get("show") if request.GET.get("show") in ("all", "valid", "written") else "errors"
        rows = batch.rows.order_by("line")
        rows = {
            "errors": rows.exclude(errors=[]),
            "valid": rows.filter(decision="valid"),
            "written": rows.filter(decision__in=["written", "kept", "undone"]),
            "all": rows,
        }[show]
        page = Paginator(rows, SHOWN).get_page(page_number(request))
        context = {
            "batch": batch,
            "job": batch.job,
            "form": form,
            "page": page,
            "show": show,
            "rows": [{"row": row, "errors": shown_errors(row)} for row in page],
            "refusal": gettext(batch.message).format(**batch.facts) if batch.message else "",
            "waiting": batch.permits("wait"),
            "actions": {action.name for action in actions_for(request.membership, batch)},
            "history": accounts_history.entries(batch, request.membership),
        }
        template = (
            "patents/import_detail.html#progress"
            if request.GET.get("part") == "progress"
            else "patents/import_detail.html"
        )
        return render(request, template, context, status=status)


class ConfirmImport(Keeper, View):
    """Write what the preview showed."""

    def post(self, request, pk):
        batch = found(request, pk)
        form = ConfirmForm(request.POST, foreign=batch.rows_foreign)
        if form.is_valid():
            done = run(
                form,
                services.confirm_import,
                batch=batch,
                sha256=form.cleaned_data["sha256"],
                include_foreign=form.cleaned_data.get("include_foreign", False),
                actor=request.membership,
            )
            if done is not None:
                return redirect("patents:import_detail", pk=batch.pk)
        return ImportDetail().shown(request, batch, form, status=422)


class _Act(Keeper, View):
    """A button of the page of an import."""

    service = None

    def post(self, request, pk):
        batch = found(request, pk)
        try:
            type(self).service(batch=batch, actor=request.membership)
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect("patents:import_detail", pk=batch.pk)


class DiscardImport(_Act):
    """Drop it before it is written."""

    service = staticmethod(services.discard_import)


class UndoImport(_Act):
    """Take it back."""

    service = staticmethod(services.undo_import)


class ImportErrors(Keeper, View):
    """The rows with errors as a file in the columns of the template, to correct and send again."""

    def get(self, request, pk, form):
        batch = found(request, pk)
        header, rows = error_header(), error_rows(batch)
        if form == "xlsx":
            response = HttpResponse(tables.xlsx_bytes(header, rows), content_type=XLSX)
        else:
            response = HttpResponse(tables.csv_bytes(header, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-errors.{form}"'
        return response
