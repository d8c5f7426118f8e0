"""Invoices: what was asked for, what is to be issued, one invoice with its acts."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from foundation.core import forms as core_forms
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.forms import FormToken
from settlement import forms_invoices, presentation_invoices, queries, rules_income, statements_income
from settlement.queries.invoices import billable, invoices
from settlement.services import fee_invoices, invoicing, red_letters
from settlement.views.overview import MoneyRequired

PAGE_SIZE = 20
UNPROCESSABLE = 422
SIDES = {"all": _lazy("All"), "in": _lazy("We receive"), "out": _lazy("We issue")}


class Invoices(MoneyRequired, View):
    """The organization's invoices on both sides; all for finance and the auditor."""

    def get(self, request):
        member = request.membership
        side = request.GET.get("side") if request.GET.get("side") in SIDES else "all"
        rows, own = invoices.visible_to(member), member.organization_id
        chosen = {"all": rows, "in": rows.filter(buyer_id=own), "out": rows.filter(issuer_id=own)}[side]
        context = {
            "page": Paginator(chosen.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
            "tabs": [{"label": label, "url": f"?side={key}", "current": key == side} for key, label in SIDES.items()],
            "billable": billable.visible_to(member)[:PAGE_SIZE],
            "fees": presentation_invoices.fees_to_bill(member),
        }
        return render(request, "settlement/invoices/list.html", context)


class RequestInvoice(MoneyRequired, View):
    """The buyer asks for an invoice over paid obligations."""

    def get(self, request):
        organization = request.membership.organization
        initial = {
            "obligations": request.GET.getlist("obligation")[:PAGE_SIZE],
            "kind": "ordinary",
            "title": organization.name,
            "uscc": organization.uscc or "",
        }
        return self.show(self.form(initial=initial))

    def post(self, request):
        form = self.form(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            key = form.cleaned_data.get("form_token") or uuid.uuid4().hex
            made = core_forms.run(form, invoicing.request_invoice, actor=request.membership, key=key, **fields)
        if form.errors:
            return self.show(form, UNPROCESSABLE)
        messages.success(request, _("The seller was asked for the invoice."))
        return HttpResponseRedirect(reverse("settlement:invoice", args=[made.number]), status=303)

    def form(self, *args, **kwargs):
        payments = list(billable.visible_to(self.request.membership)[:100])
        return forms_invoices.RequestInvoice(*args, payments=payments, **kwargs)

    def show(self, form, status=200):
        return render(self.request, "settlement/invoices/new.html", {"form": form}, status=status)


class RequestFeeInvoice(MoneyRequired, View):
    """The payee asks the platform for an invoice over its fee."""

    def post(self, request, number):
        obligation = get_object_or_404(queries.obligations.visible_to(request.membership), number=number)
        try:
            key = f"{obligation.number}:{obligation.releases.count()}"
            made = fee_invoices.request_fee_invoice(obligation=obligation, actor=request.membership, key=key)
        except NotAllowed:
            raise
        except DomainError as error:
            messages.error(request, error.sentence)
            return HttpResponseRedirect(reverse("settlement:invoices"), status=303)
        return HttpResponseRedirect(reverse("settlement:invoice", args=[made.number]), status=303)


class OneInvoice(MoneyRequired):
    """Mixin: the invoice of the address, if one may see it."""

    def invoice(self, number):
        return get_object_or_404(invoices.visible_to(self.request.membership), number=number)

    def show(self, invoice, status=200, *, form=None):
        member = self.request.membership
        issues = rules_income.may_issue(member, invoice)
        to_issue = issues and invoice.permits("issue")
        context = {
            "invoice": invoice,
            "rows": presentation_invoices.facts(invoice),
            "lines": presentation_invoices.line_rows(invoice),
            "red_letters": invoices.visible_to(member).filter(reverses=invoice),
            "form": form or (forms_invoices.IssueInvoice() if to_issue else None),
            "actions": presentation_invoices.actions(invoice, member),
            "entries": presentation_invoices.history(invoice, member),
        }
        return render(self.request, "settlement/invoices/detail.html", context, status=status)

    def back(self, invoice):
        return HttpResponseRedirect(reverse("settlement:invoice", args=[invoice.number]), status=303)


class InvoiceDetail(OneInvoice, View):
    """One invoice; the seller notes the code."""

    def get(self, request, number):
        return self.show(self.invoice(number))

    def post(self, request, number):
        invoice = self.invoice(number)
        if not rules_income.may_issue(request.membership, invoice):
            raise PermissionDenied
        form = forms_invoices.IssueInvoice(request.POST)
        service = red_letters.issue_red if invoice.is_red else invoicing.issue
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in ("code", "issued_on")}
            core_forms.run(form, service, invoice=invoice, actor=request.membership, **fields)
        if form.errors:
            return self.show(invoice, UNPROCESSABLE, form=form)
        messages.success(request, _("The invoice is noted."))
        return self.back(invoice)


class InvoiceAct(OneInvoice, View):
    """Send it, or withdraw the request."""

    service, done, allowed_to = None, "", ()

    def get(self, request, number):
        return self.back(self.invoice(number))

    def post(self, request, number):
        invoice = self.invoice(number)
        if not any(rule(request.membership, invoice) for rule in self.allowed_to):
            raise PermissionDenied
        form = FormToken(request.POST)
        if form.is_valid():
            core_forms.run(form, self.service, invoice=invoice, actor=request.membership)
        if form.errors:
            messages.error(request, " ".join(sentence for each in form.errors.values() for sentence in each))
        else:
            messages.success(request, self.done)
        return self.back(invoice)


class SendInvoice(InvoiceAct):
    """The seller has sent it."""

    service, done = staticmethod(invoicing.send), _lazy("It is noted that the invoice was sent.")
    allowed_to = (rules_income.may_issue,)


class WithdrawInvoice(InvoiceAct):
    """It is not wanted any more."""

    service, done = staticmethod(invoicing.withdraw_request), _lazy("The request is withdrawn.")
    allowed_to = (rules_income.may_issue, rules_income.may_request)


class InvoiceRecord(OneInvoice, View):
    """The record of the invoice as PDF; the invoice itself comes from the tax authority's platform."""

    def get(self, request, number):
        invoice = self.invoice(number)
        answer = HttpResponse(statements_income.invoice_record(invoice), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{invoice.number}.pdf"'
        return answer
