"""An obligation: the whole cost, the pay button, the wait for the bank, the objection."""

import uuid

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from foundation.core import htmx
from foundation.core.clock import database_now
from settlement import forms, gateways, presentation, queries, rules, services
from settlement.views.overview import MoneyRequired

UNPROCESSABLE = 422


def context_of(request, obligation, **more) -> dict:
    """What the page of an obligation shows."""
    member = request.membership
    objection = obligation.objections.filter(settled_at=None).first()
    in_time = obligation.purpose_row.late or database_now() < obligation.due_at
    may_pay = obligation.permits("pay") and rules.may_pay(member, obligation) and in_time
    waits = obligation.state == "paid" and obligation.released_at is None
    return {
        "obligation": obligation,
        "amount": obligation.left if obligation.state == "open" else obligation.amount,
        "rows": presentation.cost_rows(obligation),
        "lines": list(presentation.ledger_rows(queries.entries_for(obligation, member))),
        "entries": presentation.timeline(obligation, member),
        "may_pay": may_pay,
        "rails": [(name, gateways.LABELS[name]) for name in gateways.open_rails()] if may_pay else [],
        "pay_form": forms.StartPayment(initial={"form_token": uuid.uuid4().hex}) if may_pay else None,
        "objection": objection,
        "objection_form": forms.Objection()
        if waits and not objection and rules.may_object(member, obligation)
        else None,
        "settle_form": forms.SettleObjection() if objection and rules.may_settle(member) else None,
        "may_claim": obligation.permits("refund") and rules.is_party(member, obligation),
        "is_payee": obligation.creditor_id == member.organization_id,
        "is_payer": obligation.debtor_id == member.organization_id,
        **more,
    }


class OneObligation:
    """Mixin: the obligation of the address, if one may see it."""

    def obligation(self, number):
        return get_object_or_404(queries.obligations.visible_to(self.request.membership), number=number)

    def show(self, obligation, status=200, **more):
        context = context_of(self.request, obligation, **more)
        return render(self.request, "settlement/obligation_detail.html", context, status=status)

    def back(self, obligation):
        return HttpResponseRedirect(reverse("settlement:obligation_detail", args=[obligation.number]), status=303)


class ObligationDetail(OneObligation, MoneyRequired, View):
    """Everything about one obligation."""

    def get(self, request, number):
        return self.show(self.obligation(number))


class StartPayment(OneObligation, MemberRequired.having("pay"), View):
    """Order the payment at the bank and go to the bank's page."""

    def get(self, request, number):
        return self.back(self.obligation(number))

    def post(self, request, number):
        obligation = self.obligation(number)
        form = forms.StartPayment(request.POST)
        if form.is_valid():
            payment = core_forms.run(
                _WithoutToken(form),
                services.start_payment,
                obligation=obligation,
                actor=request.membership,
                key=form.cleaned_data["form_token"],
                rail=form.cleaned_data["rail"],
            )
        if form.errors:
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return self.show(obligation, UNPROCESSABLE, problems=sentences, has_errors=True)
        url = payment.redirect_url or reverse("settlement:payment", args=[payment.order_id])
        return HttpResponseRedirect(url, status=303)


class _WithoutToken:
    """The form as `run` sees it where the service itself takes the token as its key: no transaction around HTTP."""

    def __init__(self, form):
        self.form, self.fields, self.cleaned_data = form, form.fields, {}

    def add_error(self, field, error):
        self.form.add_error(field, error)


class PaymentDetail(MoneyRequired, View):
    """Where the bank sends the browser back: waits for the bank's word, then leads on."""

    def get(self, request, order_id):
        payment = get_object_or_404(
            queries.payments.visible_to(request.membership), order_id=order_id, duplicate_of=None
        )
        if payment.state == "confirmed":
            messages.success(request, _("The payment has arrived."))
            return htmx.redirect(request, self.destination(payment))
        context = {"payment": payment, "obligation": payment.obligation}
        name = "settlement/payment.html#waiting" if htmx.is_partial(request) else "settlement/payment.html"
        return render(request, name, context)

    def destination(self, payment) -> str:
        """The page of what was paid for, else the obligation."""
        fallback = reverse("settlement:obligation_detail", args=[payment.obligation.number])
        return presentation.url_of(payment.obligation) or fallback


class ObjectToRelease(OneObligation, MemberRequired.having("pay"), View):
    """The payer objects to the release."""

    form_class, service, form_name = forms.Objection, staticmethod(services.raise_objection), "objection_form"
    done = _lazy("The money stays in escrow until the objection is settled.")

    def get(self, request, number):
        return self.back(self.obligation(number))

    def post(self, request, number):
        obligation = self.obligation(number)
        form = self.form_class(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            core_forms.run(form, self.service, obligation=obligation, actor=request.membership, **fields)
        if form.errors:
            return self.show(obligation, UNPROCESSABLE, has_errors=True, **{self.form_name: form})
        messages.success(request, self.done)
        return self.back(obligation)


class SettleObjection(ObjectToRelease):
    """Finance settles it."""

    capability = "settle"
    form_class, service, form_name = forms.SettleObjection, staticmethod(services.settle_objection), "settle_form"
    done = _lazy("The objection is settled.")
