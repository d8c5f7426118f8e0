"""Inspections of the licensee's books."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from accounts.history import entries
from foundation.core import forms as core_forms
from licenses.forms import royalties as forms
from licenses.presentation import inspections as shown
from licenses.queries import licenses, royalties
from licenses.services import findings, inspections
from licenses.views.royalties import UNPROCESSABLE, MoneyRequired


def go_to(inspection) -> HttpResponseRedirect:
    """To the inspection's page."""
    return HttpResponseRedirect(reverse("licenses:inspection", args=[inspection.number]), status=303)


class Announce(MemberRequired.having("declare"), View):
    """Announce an inspection of a license's books."""

    template = "licenses/inspection_new.html"

    def get(self, request, number):
        return self._page(self.granted(number), forms.AnnounceInspection())

    def post(self, request, number):
        license = self.granted(number)
        form = forms.AnnounceInspection(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            made = core_forms.run(form, inspections.announce, license=license, actor=request.membership, **fields)
            if made:
                messages.success(request, _("The inspection was announced to the licensee."))
                return go_to(made)
        return self._page(license, form, UNPROCESSABLE)

    def granted(self, number):
        """A license that one's organization granted."""
        own = licenses.visible_to(self.request.membership).filter(licensor=self.request.membership.organization)
        return get_object_or_404(own, number=number)

    def _page(self, license, form, status=200):
        return render(self.request, self.template, {"license": license, "form": form}, status=status)


class OneInspection:
    """Mixin: the inspection of the address, if one may see it."""

    def inspection(self, number):
        return get_object_or_404(royalties.inspections_visible_to(self.request.membership), number=number)

    def of_side(self, side, number):
        """The inspection, if one's organization is its licensor, or its licensee."""
        own = royalties.inspections_visible_to(self.request.membership)
        return get_object_or_404(own, number=number, **{f"license__{side}": self.request.membership.organization_id})


class InspectionDetail(OneInspection, MoneyRequired, View):
    """One inspection: findings, what they cost, answers."""

    template = "licenses/inspection.html"

    def get(self, request, number):
        return self.show(self.inspection(number))

    def show(self, inspection, status=200, **more):
        member = self.request.membership
        context = {
            "inspection": inspection,
            "facts": shown.facts(inspection, member),
            "findings": inspection.findings.select_related("period"),
            "paper": shown.paper(inspection),
            "entries": entries(inspection, member),
            "actions": shown.actions(inspection, member),
            **more,
        }
        return render(self.request, self.template, context, status=status)


class Findings(OneInspection, MemberRequired.having("declare"), View):
    """The licensor records what the books show."""

    template = "licenses/inspection_findings.html"

    def get(self, request, number):
        inspection = self.of_side("licensor", number)
        return self._page(inspection, forms.FindingsForm(periods=inspections.accepted_periods(inspection)))

    def post(self, request, number):
        inspection = self.of_side("licensor", number)
        periods = inspections.accepted_periods(inspection)
        form = forms.FindingsForm(request.POST, request.FILES, periods=periods)
        if form.is_valid():
            clean = form.cleaned_data
            done = core_forms.run(
                form,
                inspections.record_findings,
                inspection=inspection,
                found=form.found(),
                summary=clean["summary"],
                cost=clean["cost"],
                upload=clean["file"],
                actor=request.membership,
            )
            if done:
                messages.success(request, _("The findings were sent to the licensee."))
                return go_to(inspection)
        return self._page(inspection, form, UNPROCESSABLE)

    def _page(self, inspection, form, status=200):
        return render(self.request, self.template, {"inspection": inspection, "form": form}, status=status)


class Agree(InspectionDetail):
    """The licensee takes the findings."""

    capability = "take_license"
    http_method_names = ["post"]

    def post(self, request, number):
        inspection = self.of_side("licensee", number)
        findings.agree(inspection=inspection, actor=request.membership)
        messages.success(request, _("You agreed to the findings."))
        return go_to(inspection)


class Dispute(OneInspection, MemberRequired.having("take_license"), View):
    """The licensee does not take them."""

    service, side = staticmethod(inspections.dispute), "licensee"
    title, submit = _("Dispute the findings"), _("Send")
    text = _("Nothing is charged while you disagree. Say which finding is wrong and why.")
    said = _("Your answer was sent to the licensor.")

    def get(self, request, number):
        return self._page(self.of_side(self.side, number), forms.GiveReason())

    def post(self, request, number):
        inspection = self.of_side(self.side, number)
        form = forms.GiveReason(request.POST)
        if form.is_valid() and core_forms.run(
            form, self.service, inspection=inspection, reason=form.cleaned_data["reason"], actor=request.membership
        ):
            messages.success(request, self.said)
            return go_to(inspection)
        return self._page(inspection, form, UNPROCESSABLE)

    def _page(self, inspection, form, status=200):
        context = {"inspection": inspection, "form": form, "title": self.title, "submit": self.submit,
                   "text": self.text}  # fmt: skip
        return render(self.request, "licenses/inspection_answer.html", context, status=status)


class CallOff(Dispute):
    """The licensor drops it."""

    capability = "declare"
    service, side = staticmethod(inspections.call_off), "licensor"
    title, submit = _("Call the inspection off"), _("Call it off")
    text = _("Findings that were recorded stay in the history and are not charged.")
    said = _("The inspection was called off.")
