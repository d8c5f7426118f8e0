"""The organization's bank account for payouts. Naming another one asks for the password again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View

from foundation.core import forms as core_forms
from settlement import forms_payouts as forms
from settlement import presentation, queries, rules_payouts
from settlement.services import bank_accounts
from settlement.views.acting import SEE_OTHER, UNPROCESSABLE
from settlement.views.overview import MoneyRequired


class AccountPage(MoneyRequired):
    """What the pages of the account share."""

    def show(self, form=None, status=200):
        member = self.request.membership
        rows = queries.payout_accounts.visible_to(member).filter(organization=member.organization)
        may = rules_payouts.may_keep_account(member, member.organization)
        used = rows.filter(state="verified").first()
        waiting = rows.filter(state="proposed").first()
        context = {
            "used": used,
            "waiting": waiting,
            "earlier": rows.exclude(state__in=["verified", "proposed"])[:10],
            "form": form or (forms.NewAccount(initial={"holder": member.organization.name}) if may else None),
            "may_keep": may,
            "entries": presentation.history(waiting or used, member) if waiting or used else [],
        }
        return render(self.request, "settlement/payouts/account.html", context, status=status)


@method_decorator(reauthentication_required, name="post")
class PayoutAccount(AccountPage, View):
    """GET shows it, POST names another one."""

    def get(self, request):
        return self.show()

    def post(self, request):
        member = request.membership
        if not rules_payouts.may_keep_account(member, member.organization):
            raise PermissionDenied
        form = forms.NewAccount(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            facts = {"organization": member.organization, "actor": member, **fields}
            core_forms.run(form, bank_accounts.propose_account, **facts)
        if form.errors:
            return self.show(form, UNPROCESSABLE)
        messages.success(request, _("A second person confirms the account before it is used."))
        return HttpResponseRedirect(reverse("settlement:payout_account"), status=SEE_OTHER)


class WithdrawAccount(MoneyRequired, View):
    """Take a proposal back, or stop using the account."""

    def post(self, request, pk):
        account = get_object_or_404(queries.payout_accounts.visible_to(request.membership), pk=pk)
        if not rules_payouts.may_keep_account(request.membership, account):
            raise PermissionDenied
        form = forms.Press(request.POST)
        if form.is_valid():
            core_forms.run(form, bank_accounts.withdraw_account, account=account, actor=request.membership)
        if form.errors:
            messages.error(request, " ".join(str(one) for one in form.non_field_errors()))
        else:
            messages.success(request, _("The account is no longer used."))
        return HttpResponseRedirect(reverse("settlement:payout_account"), status=SEE_OTHER)
