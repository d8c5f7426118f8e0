"""The platform's own books: own fees to sweep, charges, compensations, corrections."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from foundation.core.money import Money
from settlement import chart, queries, rules
from settlement import forms_payouts as forms
from settlement.services import own_books, sweeping
from settlement.views.acting import SEE_OTHER, UNPROCESSABLE
from settlement.views.desk import DeskRequired

PAGE_SIZE = 30
SHOWN = ("1002", "4001", "4002", "4003", "4101", "2021", "5001", "5002")


class BooksPage(DeskRequired):
    """What the pages of the own books share."""

    def show(self, status=200, **bound):
        member = self.request.membership
        parts = queries.unswept()
        may = rules.may_settle(member)
        context = {
            "parts": [{"account": chart.ACCOUNTS[one.account], "amount": one.amount} for one in parts],
            "total": sum((one.amount for one in parts), Money(0)),
            "balances": [{"account": chart.ACCOUNTS[code], "amount": queries.balance(code)} for code in SHOWN],
            "page": Paginator(queries.own_entries.visible_to(member), PAGE_SIZE).get_page(self.request.GET.get("page")),
            "sweeps": queries.sweeps.visible_to(member)[:12],
            "form": bound.get("form") or (forms.NewOwnEntry(membership=member) if may else None),
            "sweep_form": bound.get("sweep_form") or (forms.NewSweep() if may and parts else None),
            "has_errors": bool(bound),
        }
        return render(self.request, "settlement/payouts/own_books.html", context, status=status)

    def back(self, sentence):
        messages.success(self.request, sentence)
        return HttpResponseRedirect(reverse("settlement:own_books"), status=SEE_OTHER)


class OwnBooks(BooksPage, View):
    """What is there and was booked."""

    def get(self, request):
        return self.show()


class NewOwnEntry(BooksPage, MemberRequired.having("settle"), View):
    """Book a charge or compensation, or ask for a reversal."""

    def allowed(self, membership):
        return rules.may_settle(membership)

    def post(self, request):
        form = forms.NewOwnEntry(request.POST, membership=request.membership)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            key = f"page:{form.cleaned_data['form_token']}"
            row = core_forms.run(form, own_books.propose_entry, actor=request.membership, key=key, **fields)
        if form.errors:
            return self.show(UNPROCESSABLE, form=form)
        return self.back(_("The entry was booked.") if row.state == "posted" else _("A second person decides now."))


class NewSweep(BooksPage, MemberRequired.having("settle"), View):
    """Book the transfer of own fees to the operating account."""

    def allowed(self, membership):
        return rules.may_settle(membership)

    def post(self, request):
        form = forms.NewSweep(request.POST)
        if form.is_valid():
            key, day = f"page:{form.cleaned_data['form_token']}", form.cleaned_data["value_date"]
            core_forms.run(form, sweeping.sweep, actor=request.membership, key=key, value_date=day)
        if form.errors:
            return self.show(UNPROCESSABLE, sweep_form=form)
        return self.back(_("The own fees were swept."))
