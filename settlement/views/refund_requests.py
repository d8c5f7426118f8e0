"""Asking money back, and what finance decides."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from settlement import forms_payouts as forms
from settlement import presentation, queries, rules, rules_payouts
from settlement.services import refund_requests, taking_back
from settlement.views.about_obligation import AboutObligation
from settlement.views.acting import Act, Acts
from settlement.views.overview import MoneyRequired

PAGE_SIZE = 30


class RefundRequests(MoneyRequired, View):
    """Requests one may see, newest first."""

    def get(self, request):
        rows = queries.refund_requests.visible_to(request.membership)
        context = {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
        return render(request, "settlement/payouts/request_list.html", context)


class AskBack(AboutObligation):
    """The form of the payer."""

    form, service = forms.AskBack, staticmethod(refund_requests.ask_back)
    may = staticmethod(rules_payouts.may_ask_back)
    title, submit = _("Ask for money back"), _("Send the request")

    def initial(self, obligation):
        return {"amount": taking_back.can_go_back(obligation)}


class RequestPage(Acts, MoneyRequired):
    """What the pages of a request share."""

    argument, route = "request", "settlement:refund_request_act"
    ACTS = {
        "grant": Act(_("Grant"), forms.GrantRefund, refund_requests.review_request, _("The refund was granted."),
                     rules.may_settle, "review", first=True),
        "refuse": Act(_("Refuse the refund"), forms.RefuseRefund, refund_requests.review_request,
                      _("The request was refused."),
                      rules.may_settle, "review", more=lambda one: {"granted": None}, danger=True),
        "withdraw": Act(_("Take back"), forms.Press, refund_requests.withdraw_request, _("The request was taken back."),
                        rules_payouts.may_ask_back, "withdraw"),
    }  # fmt: skip

    def one(self, number):
        return get_object_or_404(queries.refund_requests.visible_to(self.request.membership), number=number)

    def show(self, one, status=200, bound=None):
        context = {
            "one": one,
            "obligation": one.obligation,
            "refunds": one.refunds.all(),
            "acts": self.acts_of(one, bound),
            "has_errors": bool(bound),
            "entries": presentation.history(one, self.request.membership),
        }
        return render(self.request, "settlement/payouts/request_detail.html", context, status=status)


class RequestDetail(RequestPage, View):
    """One request."""

    def get(self, request, number):
        return self.show(self.one(number))


class RequestAct(RequestPage, View):
    """The buttons of a request."""

    def post(self, request, number, act):
        return self.perform(request, self.one(number), act)
