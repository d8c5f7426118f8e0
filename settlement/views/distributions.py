"""A distribution with its acts, and an inventor's own income."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.forms import FormToken
from settlement import forms_income, presentation_income, rules_income, statements_income
from settlement.queries import income as incomes
from settlement.services import distributing, noticing

PAGE_SIZE = 20
UNPROCESSABLE = 422

# act: form, service, what is said when it is done
ACTS = {
    "confirm": (FormToken, distributing.confirm, _lazy("The distribution is confirmed.")),
    "publish": (FormToken, noticing.publish, _lazy("The notice has begun.")),
    "recompute": (forms_income.Reason, distributing.recompute, _lazy("The distribution was computed anew.")),
    "cancel": (forms_income.Reason, distributing.cancel, _lazy("The distribution was taken back.")),
    "object": (forms_income.Objection, noticing.object_to, _lazy("Your objection was handed in.")),
    "answer": (forms_income.Answer, noticing.answer_objection, _lazy("The objection is answered.")),
    "pay": (forms_income.Payout, noticing.note_payout, _lazy("The payout is noted.")),
    "close": (FormToken, noticing.close, _lazy("The distribution is closed.")),
}


class OneDistribution(MemberRequired):
    """Mixin: the distribution of the address, if one may see it."""

    def distribution(self, number):
        return get_object_or_404(incomes.distributions.visible_to(self.request.membership), number=number)

    def show(self, distribution, status=200, *, bound=None):
        member = self.request.membership
        open_objection = distribution.objections.filter(answered_at=None).first()
        context = {
            "distribution": distribution,
            "rows": presentation_income.facts(distribution),
            "lines": presentation_income.line_rows(distribution),
            "entries": presentation_income.history(distribution, member),
            "objections": presentation_income.objections(distribution),
            "acts": presentation_income.acts(distribution, member, ACTS, open_objection, bound or {}),
            "sees_patent_income": rules_income.may_distribute(member, distribution),
            "in_notice": distribution.permits("object"),
            "has_errors": bool(bound),
        }
        return render(self.request, "settlement/income/distribution.html", context, status=status)


class DistributionDetail(OneDistribution, View):
    """Every part of an income, and what can be done now."""

    def get(self, request, number):
        return self.show(self.distribution(number))


class Act(OneDistribution, View):
    """One act on a distribution."""

    def get(self, request, number, act):
        return HttpResponseRedirect(
            reverse("settlement:distribution", args=[self.found(number, act).number]), status=303
        )

    def found(self, number, act):
        if act not in ACTS:
            raise Http404
        return self.distribution(number)

    def post(self, request, number, act):
        distribution = self.found(number, act)
        if not presentation_income.may_try(act, request.membership, distribution):
            raise PermissionDenied
        form_class, service, done = ACTS[act]
        form = form_class(request.POST)
        subject = {"distribution": distribution}
        if act == "answer":
            objection = distribution.objections.order_by("pk").last()
            if objection is None:
                raise Http404
            subject = {"objection": objection}
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            stands = core_forms.run(form, service, actor=request.membership, **subject, **fields)
        if form.errors:
            distribution.refresh_from_db()
            return self.show(distribution, UNPROCESSABLE, bound={act: form})
        messages.success(request, done)
        number = getattr(stands, "number", distribution.number)
        return HttpResponseRedirect(reverse("settlement:distribution", args=[number]), status=303)


class MyIncome(MemberRequired, View):
    """What a person gets as an inventor, from every institution."""

    def get(self, request):
        rows = incomes.lines.visible_to(request.membership)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page": page, "rows": [presentation_income.inventor_row(line) for line in page]}
        return render(request, "settlement/income/mine.html", context)


class OneLine(MemberRequired):
    """Mixin: the inventor's own line."""

    def line(self, pk):
        return get_object_or_404(incomes.lines.visible_to(self.request.membership), pk=pk)


class AcceptShare(OneLine, View):
    """The inventor agrees to the own part."""

    def post(self, request, pk):
        try:
            noticing.accept_share(line=self.line(pk), actor=request.membership)
            messages.success(request, _("You agreed to your share."))
        except NotAllowed:
            raise
        except DomainError as error:
            messages.error(request, error.sentence)
        return HttpResponseRedirect(reverse("settlement:my_income"), status=303)


class IncomeStatement(OneLine, View):
    """The inventor's statement as PDF."""

    def get(self, request, pk):
        line = self.line(pk)
        answer = HttpResponse(statements_income.inventor_statement(line), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{line.number.replace("/", "-")}.pdf"'
        return answer
