"""Importing a statement: upload, preview, confirm; and the lines of a statement."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from foundation.audit import actions_for
from foundation.core import forms as core_forms
from foundation.core.errors import DomainError
from foundation.core.money import Money
from foundation.jobs.queries import imports
from settlement import forms_bank as forms
from settlement import presentation, queries, rules
from settlement.services import statement_import
from settlement.statements.columns import LABELS
from settlement.views.bank import PAGE_SIZE, SEE_OTHER, UNPROCESSABLE, SettlerRequired
from settlement.views.desk import DeskRequired

SHOWN = 50


def found(request, pk):
    """The import, or 404."""
    return get_object_or_404(imports.visible_to(request.membership), pk=pk, kind=statement_import.KIND)


def back(batch):
    """To the page of the import."""
    return HttpResponseRedirect(reverse("settlement:statement_import", args=[batch.pk]), status=SEE_OTHER)


class NewStatement(SettlerRequired, View):
    """Send a statement."""

    def get(self, request):
        return self.show(request, forms.NewStatement(membership=request.membership))

    def post(self, request):
        form = forms.NewStatement(request.POST, request.FILES, membership=request.membership)
        if form.is_valid():
            data = form.cleaned_data
            batch = core_forms.run(
                form,
                statement_import.start_statement_import,
                upload=data["file"],
                account=data["account"],
                actor=request.membership,
            )
            if batch is not None:
                return back(batch)
        return self.show(request, form, UNPROCESSABLE)

    def show(self, request, form, status=200):
        context = {"form": form, "formats": list(LABELS.values())}
        return render(request, "settlement/bank/import_form.html", context, status=status)


class StatementImport(SettlerRequired, View):
    """Progress while it runs, the preview, and what became of it."""

    def get(self, request, pk):
        batch = found(request, pk)
        return self.show(request, batch, forms.ConfirmStatement(initial={"sha256": batch.sha256}))

    def show(self, request, batch, form, status=200):
        statements = [_shown(one) for one in batch.options.get("statements", [])]
        page = Paginator(batch.rows.order_by("line"), SHOWN).get_page(request.GET.get("page"))
        context = {
            "batch": batch,
            "job": batch.job,
            "form": form,
            "account": queries.own_accounts.visible_to(request.membership).get(pk=batch.options["account"]),
            "statements": statements,
            "page": page,
            "rows": [{"row": row, "amount": Money(row.data["fen"], row.data["currency"])} for row in page],
            "refusal": gettext(batch.message).format(**batch.facts) if batch.message else "",
            "waiting": batch.permits("wait"),
            "imported": queries.bank_statements.visible_to(request.membership).filter(batch=batch),
            "news": statement_import.is_news(batch),
            "actions": {action.name for action in actions_for(request.membership, batch)},
        }
        part = "#progress" if request.GET.get("part") == "progress" else ""
        return render(request, f"settlement/bank/import_detail.html{part}", context, status=status)


def _shown(one: dict) -> dict:
    moneys = {name: one[name] and Money(*one[name]) for name in ("opening", "closing", "difference")}
    return {**one, **moneys, "format": LABELS.get(one["format"], one["format"])}


class ConfirmStatement(SettlerRequired, View):
    """Take over what the preview showed."""

    def post(self, request, pk):
        batch = found(request, pk)
        form = forms.ConfirmStatement(request.POST)
        if form.is_valid():
            done = core_forms.run(
                form,
                statement_import.confirm_statement_import,
                batch=batch,
                sha256=form.cleaned_data["sha256"],
                actor=request.membership,
            )
            if done is not None:
                return back(batch)
        return StatementImport().show(request, batch, form, UNPROCESSABLE)


class DiscardStatement(SettlerRequired, View):
    """Drop it before it is taken over."""

    def post(self, request, pk):
        batch = found(request, pk)
        try:
            statement_import.discard_statement_import(batch=batch, actor=request.membership)
        except DomainError as error:
            form = forms.ConfirmStatement(initial={"sha256": batch.sha256}, data=None)
            return StatementImport().show(request, batch, form, error.status)
        return back(batch)


class StatementDetail(DeskRequired, View):
    """The lines of a statement and what became of each."""

    def get(self, request, pk):
        statement = get_object_or_404(queries.bank_statements.visible_to(request.membership), pk=pk)
        lines = queries.bank_lines.visible_to(request.membership).filter(statement=statement).order_by("sequence")
        context = {
            "statement": statement,
            "format": LABELS.get(statement.format, statement.format),
            "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
            "entries": presentation.history(statement, request.membership),
            "may_settle": rules.may_settle(request.membership),
        }
        return render(request, "settlement/bank/statement_detail.html", context)
