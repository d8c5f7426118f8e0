"""An institution's income: parts, policy, costs and inventors of a patent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from patents import queries as patents
from settlement import forms_income, presentation_income, rules, rules_income
from settlement.queries import income as incomes
from settlement.services import distributing, income_policies
from settlement.views.overview import MoneyRequired

PAGE_SIZE = 20
UNPROCESSABLE = 422


class Income(MoneyRequired, View):
    """What the organization received as an owner, and how it is distributed."""

    def get(self, request):
        member = request.membership
        context = {
            "page": Paginator(incomes.distributions.visible_to(member), PAGE_SIZE).get_page(request.GET.get("page")),
            "shares": incomes.shares.visible_to(member)[:PAGE_SIZE],
            "waiting": incomes.shares.undistributed(member)[:PAGE_SIZE],
            "policy": None if rules.sees_all(member) else incomes.policies.visible_to(member).first(),
            "manages": rules_income.manages_income(member, member.organization_id),
            "sees_all": rules.sees_all(member),
        }
        return render(request, "settlement/income/overview.html", context)


class ManagesIncome(MemberRequired.having("manage_portfolio")):
    """People who keep the organization's patents and see its money."""

    def allowed(self, membership):
        return rules_income.manages_income(membership, membership.organization_id)


class ComputeShare(ManagesIncome, View):
    """Distribute a part that waited for a policy or for inventors."""

    def post(self, request, pk):
        share = get_object_or_404(incomes.shares.visible_to(request.membership), pk=pk)
        try:
            made = distributing.compute(share=share, actor=request.membership)
        except (distributing.PolicyMissing, income_policies.NoInventors) as error:
            messages.error(request, error.sentence)
            return HttpResponseRedirect(reverse("settlement:income"), status=303)
        return HttpResponseRedirect(reverse("settlement:distribution", args=[made.number]), status=303)


class Policy(MoneyRequired, View):
    """The versions of the policy; whoever manages the income lays down a new one."""

    def get(self, request):
        latest = incomes.policies.visible_to(request.membership).first()
        initial = (
            presentation_income.policy_initial(latest) if latest and not rules.sees_all(request.membership) else None
        )
        return self.show(forms_income.Policy(initial=initial))

    def post(self, request):
        member = request.membership
        if not rules_income.manages_income(member, member.organization_id):
            raise PermissionDenied
        form = forms_income.Policy(request.POST)
        if form.is_valid():
            core_forms.run(
                form, income_policies.adopt_policy, institution=member.organization, actor=member, **form.arguments()
            )
        if form.errors:
            return self.show(form, UNPROCESSABLE)
        messages.success(request, _("The policy is laid down."))
        return HttpResponseRedirect(reverse("settlement:income_policy"), status=303)

    def show(self, form, status=200):
        member = self.request.membership
        manages = rules_income.manages_income(member, member.organization_id)
        versions = incomes.policies.visible_to(member)[:PAGE_SIZE]
        context = {
            "versions": [{"policy": one, "rows": presentation_income.policy_rows(one)} for one in versions],
            "form": form if manages else None,
        }
        return render(self.request, "settlement/income/policy.html", context, status=status)


class PatentIncome(ManagesIncome, View):
    """Costs and inventors of one patent of the organization."""

    def get(self, request, number):
        return self.show(self.patent(number))

    def patent(self, number):
        return get_object_or_404(patents.patents.owned_by(self.request.membership.organization), number=number)

    def show(self, patent, status=200, **forms):
        organization = self.request.membership.organization
        known = presentation_income.inventors(patent, organization.pk)
        context = {
            "patent": patent,
            "costs": incomes.costs_of(patent, organization.pk),
            "agreement": incomes.agreement_of(patent, organization.pk),
            "inventors": known,
            "cost_form": forms.get("cost_form") or forms_income.Cost(),
            "shares_form": forms.get("shares_form")
            or forms_income.Shares(institution=organization, known=[one["named"] for one in known]),
            "has_errors": bool(forms),
        }
        return render(self.request, "settlement/income/patent.html", context, status=status)


class _Noting(PatentIncome):
    """Note something about the patent and come back."""

    name, done = "", ""

    def get(self, request, number):
        return HttpResponseRedirect(reverse("settlement:patent_income", args=[self.patent(number).number]), status=303)

    def post(self, request, number):
        patent, member = self.patent(number), request.membership
        form = self.form(patent)
        if form.is_valid():
            core_forms.run(
                form, self.service, patent=patent, institution=member.organization, actor=member, **form.arguments()
            )
        if form.errors:
            return self.show(patent, UNPROCESSABLE, **{self.name: form})
        messages.success(request, self.done)
        return HttpResponseRedirect(reverse("settlement:patent_income", args=[patent.number]), status=303)


class NoteCost(_Noting):
    """Note what was paid."""

    name, done = "cost_form", _lazy("The cost is noted.")
    service = staticmethod(income_policies.note_cost)

    def form(self, patent):
        known = presentation_income.inventors(patent, self.request.membership.organization_id)
        return forms_income.Cost(self.request.POST, inventors=[one["named"] for one in known])


class AgreeShares(_Noting):
    """Note who shares how."""

    name, done = "shares_form", _lazy("The inventors' shares are noted.")
    service = staticmethod(income_policies.agree_shares)

    def form(self, patent):
        organization = self.request.membership.organization
        known = [one["named"] for one in presentation_income.inventors(patent, organization.pk)]
        return forms_income.Shares(self.request.POST, institution=organization, known=known)
