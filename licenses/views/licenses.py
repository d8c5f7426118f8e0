"""One's licenses, taken and granted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation import audit
from foundation.core import forms as core_forms
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses.filters_licenses import LicenseFilter
from licenses.forms.uptakes import EndLicense
from licenses.presentation import instalments, license_page
from licenses.presentation import royalties as shown_royalties
from licenses.queries import licenses
from licenses.services import endings
from settlement import rules as money

PAGE_SIZE = 20


class LicenseList(MemberRequired, View):
    """Licenses that the organization took or granted, filtered by side and state."""

    template = "licenses/license_list.html"

    def get(self, request):
        rows = licenses.visible_to(request.membership).order_by("-notice_delivered_at", "-pk")
        chosen = LicenseFilter(request.GET, queryset=rows, membership=request.membership)
        page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
        drafts = licenses.notice_drafts_of(request.membership).order_by("-pk")[:5]
        context = {"page": page, "tabs": license_page.tabs(chosen), "drafts": drafts}
        return render(request, self.template, context)


class LicenseDetail(MemberRequired, View):
    """One license: state, next step, papers, money, timeline."""

    template = "licenses/license_detail.html"

    def get(self, request, number):
        license = get_object_or_404(licenses.visible_to(request.membership), number=number)
        subject = Ref.of(license)
        context = {
            "license": license,
            "rows": license_page.rows(license),
            "steps": license_page.progress(license),
            "certificate": documents.certificate_of(subject),
            "papers": license_page.papers(documents.documents_of(subject)),
            "entries": license_page.entries(audit.timeline(subject, viewer=request.membership)[:50]),
            "actions": license_page.actions(license, request.membership),
            "instalments": instalments.rows_of(license, request.membership),
            "royalties": shown_royalties.summary(license, request.membership),
            "may_see_money": bool(license.obligation) and money.may_view(request.membership, license.obligation),
            "is_licensee": license.licensee_id == request.membership.organization_id,
        }
        return render(request, self.template, context)


class EndLicenseEarly(MemberRequired.having("take_license"), View):
    """The licensee ends its license: a reason, a confirmation, no refund."""

    template = "licenses/license_end.html"

    def get(self, request, number):
        return self._page(request, self._license(request, number), EndLicense())

    def post(self, request, number):
        license = self._license(request, number)
        form = EndLicense(request.POST)
        if form.is_valid():
            ended = core_forms.run(
                form,
                endings.terminate,
                license=license,
                reason=form.cleaned_data["reason"],
                actor=request.membership,
            )
            if ended:
                messages.success(request, _("The license was ended."))
                return redirect("licenses:license_detail", number=number)
        return self._page(request, license, form, status=422)

    def _license(self, request, number):
        return get_object_or_404(licenses.taken_by(request.membership), number=number)

    def _page(self, request, license, form, status=200):
        context = {"license": license, "form": form, "owed": instalments.owed_sentence(license)}
        return render(request, self.template, context, status=status)
