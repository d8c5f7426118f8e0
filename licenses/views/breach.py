"""The licensor's side of a default: the demand, and the end of the license thirty days later."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from licenses.forms.royalties import GiveReason
from licenses.queries import licenses
from licenses.services import breach

UNPROCESSABLE = 422


class Demand(MemberRequired.having("declare"), View):
    """Demand what is late."""

    service = staticmethod(breach.demand)
    title, submit = _("Demand what is late"), _("Send the demand")
    text = _("If report or payment do not come within thirty days, you may end the license.")
    said, danger = _("The demand was sent to the licensee."), False

    def get(self, request, number):
        return self._page(self.granted(number), GiveReason())

    def post(self, request, number):
        license = self.granted(number)
        form = GiveReason(request.POST)
        if form.is_valid() and core_forms.run(
            form, self.service, license=license, reason=form.cleaned_data["reason"], actor=request.membership
        ):
            messages.success(request, self.said)
            return HttpResponseRedirect(reverse("licenses:license_detail", args=[number]), status=303)
        return self._page(license, form, UNPROCESSABLE)

    def granted(self, number):
        """A license that one's organization granted."""
        own = licenses.visible_to(self.request.membership).filter(licensor=self.request.membership.organization)
        return get_object_or_404(own, number=number)

    def _page(self, license, form, status=200):
        context = {"license": license, "form": form, "title": self.title, "submit": self.submit, "text": self.text,
                   "danger": self.danger}  # fmt: skip
        return render(self.request, "licenses/license_breach.html", context, status=status)


class EndForBreach(Demand):
    """End the license."""

    service = staticmethod(breach.terminate_for_breach)
    title, submit = _("End the license for breach"), _("End the license")
    text = _("The right to use the patent ends at once. Fees that were paid stay paid; royalties stay owed.")
    said, danger = _("The license was ended for breach."), True
