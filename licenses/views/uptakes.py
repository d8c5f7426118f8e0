"""Taking a license like in a shop: read the terms, say the use, check, sign, pay."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from licenses.forms import uptakes as forms
from licenses.presentation import uptake as presentation
from licenses.queries import declarations, licenses
from licenses.services import notice_drafts
from licenses.services import uptakes as services

TakesLicenses = MemberRequired.having("take_license")


class StartUptake(TakesLicenses, View):
    """Step 1: the posted terms and what they cost, before anything is written."""

    template = "licenses/uptake_start.html"

    def get(self, request, number):
        return self._page(request, self._declaration(request, number), forms.StartNotice())

    def post(self, request, number):
        declaration = self._declaration(request, number)
        form = forms.StartNotice(request.POST)
        if form.is_valid():
            license = core_forms.run(
                form, notice_drafts.start_notice, declaration=declaration, actor=request.membership
            )
            if license:
                return redirect("licenses:uptake_details", pk=license.pk)
        return self._page(request, declaration, form, status=422)

    def _declaration(self, request, number):
        return get_object_or_404(declarations.visible_to(request.membership), number=number)

    def _page(self, request, declaration, form, status=200):
        context = {
            "declaration": declaration,
            "form": form,
            "steps": presentation.steps("terms"),
            "terms_rows": presentation.terms_rows(declaration),
            "cost": presentation.cost(declaration),
            "licensee": request.membership.organization,
        }
        return render(request, self.template, context, status=status)


class NoticeStep(TakesLicenses, View):
    """What the steps after the first share: one's own notice in preparation."""

    def notice(self, request, pk):
        return get_object_or_404(licenses.notice_drafts_of(request.membership), pk=pk)


class UptakeDetails(NoticeStep):
    """Step 2: the use, its place and where messages go."""

    template = "licenses/uptake_details.html"

    def get(self, request, pk):
        license = self.notice(request, pk)
        return self._page(request, license, forms.NoticeDetails(initial=forms.kept_answers(license)))

    def post(self, request, pk):
        license = self.notice(request, pk)
        form = forms.NoticeDetails(request.POST)
        if form.is_valid() and core_forms.run(
            form, notice_drafts.save_notice, license=license, actor=request.membership, **form.answers()
        ):
            return redirect("licenses:uptake_check", pk=license.pk)
        return self._page(request, license, form, status=422)

    def _page(self, request, license, form, status=200):
        context = {"license": license, "form": form, "steps": presentation.steps("details")}
        return render(request, self.template, context, status=status)


class UptakeCheck(NoticeStep):
    """Step 3: check the answers, see the whole cost, sign and send the notice."""

    template = "licenses/uptake_check.html"

    def get(self, request, pk):
        license = self.notice(request, pk)
        return self._page(request, license, forms.SignNotice.for_license(license))

    def post(self, request, pk):
        license = self.notice_or_sent(request, pk)
        if license.number:
            return redirect("licenses:license_detail", number=license.number)
        form = forms.SignNotice.for_license(license, request.POST)
        if form.is_valid():
            sent = core_forms.run(
                form,
                services.deliver_notice,
                license=license,
                terms_hash=form.cleaned_data["terms_hash"],
                actor=request.membership,
            )
            if sent:
                return self._sent(request, sent)
        return self._page(request, license, form, status=422)

    def notice_or_sent(self, request, pk):
        """A second click finds the notice already sent: it leads to the license, not to an error."""
        return get_object_or_404(licenses.taken_by(request.membership), pk=pk)

    def _sent(self, request, license):
        messages.success(request, _("Your notice was delivered."))
        if license.obligation_id:
            return redirect("settlement:obligation_detail", number=license.obligation.number)
        return redirect("licenses:license_detail", number=license.number)

    def _page(self, request, license, form, status=200):
        context = {
            "license": license,
            "declaration": license.declaration,
            "form": form,
            "steps": presentation.steps("check"),
            "sections": presentation.check_sections(license),
            "cost": presentation.cost(license.declaration),
        }
        return render(request, self.template, context, status=status)


class DiscardNotice(NoticeStep):
    """Drop a notice that was never sent."""

    def post(self, request, pk):
        license = self.notice(request, pk)
        number = license.declaration.number
        notice_drafts.discard_notice(license=license, actor=request.membership)
        messages.success(request, _("The notice was discarded. Nothing was sent."))
        return redirect("licenses:declaration_detail", number=number)
