"""Royalty periods: what is due, what was reported, and the licensor's answer."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from accounts.history import entries
from foundation.core import forms as core_forms
from foundation.core.errors import DomainError
from licenses.forms import royalties as forms
from licenses.presentation import royalties as shown
from licenses.queries import licenses, royalties
from licenses.services import breach, royalty_answers
from licenses.services.royalty_sums import calculation_of

MoneyRequired = MemberRequired.having("see_money")
UNPROCESSABLE = 422


class OnePeriod:
    """Mixin: the period of the address, if one may see it."""

    def period(self, number):
        return get_object_or_404(royalties.visible_to(self.request.membership), number=number)

    def granted(self, number):
        """The period, if one's organization is the licensor."""
        return get_object_or_404(royalties.granted_by(self.request.membership), number=number)

    def back(self, period):
        return HttpResponseRedirect(reverse("licenses:royalty_period", args=[period.number]), status=303)


class RoyaltyList(MoneyRequired, View):
    """All royalty periods and inspections of one license."""

    template = "licenses/royalty_list.html"

    def get(self, request, number):
        license = get_object_or_404(licenses.visible_to(request.membership), number=number)
        periods = royalties.visible_to(request.membership).filter(license=license).order_by("-sequence")
        inspections = royalties.inspections_visible_to(request.membership).filter(license=license)
        offer = license.terms_version.offer
        context = {
            "license": license,
            "periods": shown.period_rows(periods),
            "inspections": inspections,
            "terms": shown.terms_rows(license) if offer.royalty else [],
            "actions": shown.license_actions(license, request.membership),
            "may_end_at": breach.may_end_at(license),
        }
        return render(request, self.template, context)


class RoyaltyDetail(OnePeriod, MoneyRequired, View):
    """One period: state, report, calculation, history."""

    template = "licenses/royalty_detail.html"

    def get(self, request, number):
        return self.show(self.period(number))

    def show(self, period, status=200, **more):
        reports = royalties.sent_reports(period)
        latest = reports[0] if reports else None
        context = {
            "period": period,
            "title": shown.title_of(period),
            "facts": shown.facts(period, self.request.membership),
            "report": latest,
            "papers": shown.paper_rows(latest.papers.all()) if latest else [],
            "earlier": reports[1:],
            "calculation": self.calculation(period, latest),
            "entries": entries(period, self.request.membership),
            "actions": shown.period_actions(period, self.request.membership),
            "with_costs": period.rules.base == "profit",
            **more,
        }
        return render(self.request, self.template, context, status=status)

    def calculation(self, period, report) -> list[dict]:
        """The steps from what was reported to what is owed."""
        if report is None:
            return []
        return shown.calculation_rows(
            calculation_of(period, base_fen=report.base_fen, units=report.units), period.rules
        )


class Accept(RoyaltyDetail):
    """The licensor takes the report as it stands."""

    capability = "declare"

    def get(self, request, number):
        return self.back(self.granted(number))

    def post(self, request, number):
        period = self.granted(number)
        try:
            done = royalty_answers.accept_report(period=period, actor=request.membership)
        except DomainError as refusal:
            return self.show(period, UNPROCESSABLE, problems=[refusal.sentence], has_errors=True)
        said = _("The report was accepted. %(amount)s is owed.") if done.royalty else _("The report was accepted.")
        messages.success(request, said % {"amount": done.royalty} if done.royalty else said)
        return self.back(period)


class Question(OnePeriod, MemberRequired.having("declare"), View):
    """The licensor asks about the report, line by line."""

    template = "licenses/royalty_question.html"

    def get(self, request, number):
        period, report = self.asked(number)
        return self._page(period, report, forms.QuestionReport(lines=report.lines.all() if report else ()))

    def post(self, request, number):
        period, report = self.asked(number)
        form = forms.QuestionReport(request.POST, lines=report.lines.all() if report else ())
        if form.is_valid():
            done = core_forms.run(
                form,
                royalty_answers.question_report,
                period=period,
                reason=form.cleaned_data["reason"],
                remarks=form.remarks(),
                actor=request.membership,
            )
            if done:
                messages.success(request, _("Your questions were sent to the licensee."))
                return self.back(period)
        return self._page(period, report, form, UNPROCESSABLE)

    def asked(self, number):
        """The period and the version that was sent last."""
        period = self.granted(number)
        return period, royalties.latest_report(period)

    def _page(self, period, report, form, status=200):
        context = {"period": period, "title": shown.title_of(period), "report": report, "form": form}
        return render(self.request, self.template, context, status=status)
