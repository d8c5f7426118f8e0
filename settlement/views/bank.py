"""Our own bank accounts and their statements at a glance."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from accounts.access import MemberRequired
from foundation.audit import actions_for
from foundation.core import forms as core_forms
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError
from settlement import forms_bank as forms
from settlement import queries, rules
from settlement.services import own_accounts
from settlement.views.desk import DeskRequired

UNPROCESSABLE, SEE_OTHER, PAGE_SIZE = 422, 303, 30


class SettlerRequired(MemberRequired):
    """Whoever settles payments; the auditor only looks."""

    capability = "settle"


class Bank(DeskRequired, View):
    """Accounts, the latest statements, what waits."""

    def get(self, request):
        member = request.membership
        accounts = [
            {"account": one, "last_day": queries.bank.last_day(one),
             "actions": {action.name for action in actions_for(member, one)}}
            for one in queries.own_accounts.visible_to(member)
        ]  # fmt: skip
        statements = queries.bank_statements.visible_to(member)
        context = {
            "accounts": accounts,
            "page": Paginator(statements, PAGE_SIZE).get_page(request.GET.get("page")),
            "counts": queries.line_counts(),
            "ages": queries.ageing(local_date(database_now())),
            "may_settle": rules.may_settle(member),
        }
        return render(request, "settlement/bank/overview.html", context)


class NewOwnAccount(SettlerRequired, View):
    """Propose a bank account."""

    def get(self, request):
        return render(request, "settlement/bank/account_form.html", {"form": forms.NewOwnAccount()})

    def post(self, request):
        form = forms.NewOwnAccount(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            core_forms.run(form, own_accounts.propose_own_account, actor=request.membership, **fields)
        if form.errors:
            return render(request, "settlement/bank/account_form.html", {"form": form}, status=UNPROCESSABLE)
        messages.success(request, _lazy("The account is proposed. Another person of finance has to confirm it."))
        return HttpResponseRedirect(reverse("settlement:bank"), status=SEE_OTHER)


class ConfirmOwnAccount(SettlerRequired, View):
    """A second person confirms an account."""

    service = staticmethod(own_accounts.confirm_own_account)

    def post(self, request, pk):
        account = get_object_or_404(queries.own_accounts.visible_to(request.membership), pk=pk)
        try:
            self.service(account=account, actor=request.membership)
        except DomainError as error:
            messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("settlement:bank"), status=SEE_OTHER)


class CloseOwnAccount(ConfirmOwnAccount):
    """Use an account no more."""

    service = staticmethod(own_accounts.close_own_account)
