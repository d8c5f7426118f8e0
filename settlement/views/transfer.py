"""Where to transfer to, and what to write: for whoever pays by bank transfer."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views import View

from settlement import gateways, queries
from settlement.gateways.bank_transfer import reference_of
from settlement.views.overview import MoneyRequired


class Transfer(MoneyRequired, View):
    """The account, the amount and the reference of one payment."""

    def get(self, request, order_id):
        payment = get_object_or_404(
            queries.payments.visible_to(request.membership), order_id=order_id, duplicate_of=None,
            provider=gateways.TRANSFER.name,
        )  # fmt: skip
        account = queries.bank.receiving_account()
        if account is None or payment.obligation is None:
            raise Http404
        context = {
            "payment": payment,
            "obligation": payment.obligation,
            "account": account,
            "reference": reference_of(payment.obligation).code,
            "amount": payment.obligation.left or payment.amount,
        }
        return render(request, "settlement/bank/transfer.html", context)
