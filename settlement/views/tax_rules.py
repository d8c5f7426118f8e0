"""Rules of tax and of own fees: everybody who sees money reads them, finance proposes new ones."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from settlement import presentation_invoices, queries, rules
from settlement.forms_rules import FORMS
from settlement.models import RuleProposal
from settlement.services import rule_proposals
from settlement.views.acting import SEE_OTHER, UNPROCESSABLE
from settlement.views.overview import MoneyRequired


class RulesPage:
    """What the page shows, with a form that was sent (``family``: form) in the place of a new one."""

    def show(self, status=200, **sent):
        member = self.request.membership
        proposed = queries.rule_proposals.visible_to(member)[:30]
        context = {
            **presentation_invoices.rule_rows(),
            "sees_all": rules.sees_all(member),
            "proposals": presentation_invoices.proposal_rows(proposed),
            "forms": [
                {
                    "title": RuleProposal.Family(family).label,
                    "form": sent.get(family) or make(),
                    "url": reverse("settlement:propose_rule", args=[family]),
                }
                for family, make in FORMS.items()
            ]
            if rules.may_settle(member)
            else [],
        }
        return render(self.request, "settlement/invoices/rules.html", context, status=status)


class TaxRules(RulesPage, MoneyRequired, View):
    """Which rates of tax and of own fees hold since when, and where they come from."""

    def get(self, request):
        return self.show()


class ProposeRule(RulesPage, MemberRequired.having("settle"), View):
    """Propose a rule; a second person decides."""

    def allowed(self, membership):
        return rules.may_settle(membership)

    def post(self, request, family):
        if family not in FORMS:
            raise Http404
        form = FORMS[family](request.POST)
        if form.is_valid():
            key = f"page:{form.cleaned_data['form_token']}"
            core_forms.run(
                form, rule_proposals.propose_rule, family=family, actor=request.membership, key=key, **form.answers()
            )
        if form.errors:
            return self.show(UNPROCESSABLE, **{family: form})
        messages.success(request, _("A second person decides now."))
        return HttpResponseRedirect(reverse("settlement:tax_rules"), status=SEE_OTHER)
