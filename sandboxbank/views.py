"""The bank's one page: what is asked for, and the button that pays it."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View

from foundation.core.forms import run
from sandboxbank import sending, services
from sandboxbank.models import Order
from sandboxbank.scenarios import SCENARIOS, Scenario

SEE_OTHER, UNPROCESSABLE = 303, 422


class PayForm(forms.Form):
    """How to pay."""

    scenario = forms.ChoiceField(choices=[(str(one), row.label) for one, row in SCENARIOS.items()])


class PayOrder(View):
    """GET shows the order, POST pays it and sends the browser back to the merchant."""

    def get(self, request, order_id):
        return self.show(request, get_object_or_404(Order, order_id=order_id))

    def post(self, request, order_id):
        order = get_object_or_404(Order, order_id=order_id)
        form = PayForm(request.POST or {"scenario": str(Scenario.NORMAL)})
        if form.is_valid():
            run(form, services.pay, order=order, scenario=form.cleaned_data["scenario"])
        if form.errors:
            return self.show(request, order, _("Choose how to pay."), UNPROCESSABLE)
        sending.wake()
        answer = HttpResponseRedirect(order.return_url or order.get_absolute_url())
        answer.status_code = SEE_OTHER
        return answer

    def show(self, request, order, problem="", status=200):
        """The page; the CSRF token and the language are the only things it shares with the merchant's site."""
        context = {"order": order, "scenarios": SCENARIOS.items(), "problem": problem}
        return render(request, "sandboxbank/order.html", context, status=status)
