"""The page on which a side of a payment starts something about it: asks money back, or disputes it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from foundation.core import forms as core_forms
from settlement.services import taking_back
from settlement.views.acting import SEE_OTHER, UNPROCESSABLE
from settlement.views.obligations import OneObligation
from settlement.views.overview import MoneyRequired


class AboutObligation(OneObligation, MoneyRequired, View):
    """``form``, ``service`` (called with the obligation) and ``may(membership, obligation)`` say what is started."""

    form, service, may = None, None, None
    title, submit = "", ""

    def get(self, request, number):
        obligation = self.obligation(number)
        return self.page(obligation, self.form(initial=self.initial(obligation)))

    def post(self, request, number):
        obligation = self.obligation(number)
        if not self.may(request.membership, obligation):
            raise PermissionDenied
        form = self.form(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            made = core_forms.run(form, self.service, obligation=obligation, actor=request.membership, **fields)
        if form.errors:
            return self.page(obligation, form, UNPROCESSABLE)
        return HttpResponseRedirect(made.get_absolute_url(), status=SEE_OTHER)

    def initial(self, obligation):
        """What the empty form shows."""
        return {}

    def page(self, obligation, form, status=200):
        """The payment, what is still here of it, and the form."""
        context = {
            "obligation": obligation,
            "form": form,
            "left": taking_back.can_go_back(obligation),
            "may": self.may(self.request.membership, obligation),
            "title": self.title,
            "submit": self.submit,
        }
        return render(self.request, "settlement/payouts/about_obligation.html", context, status=status)
