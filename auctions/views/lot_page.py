"""The page of one lot, and its withdrawal before the start."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from auctions import rules
from auctions.forms.acts import QuestionForm, ReasonForm, ReplyForm
from auctions.presentation import lot as shown
from auctions.queries import lots
from auctions.services import withdrawing
from foundation.core import forms as core_forms


def lot_or_404(request, number):
    """A lot with a number that the viewer may see."""
    return get_object_or_404(lots.visible_to(request.membership), number=number.upper())


def page(request, lot, *, question=None, reply=None, replying=None, status=200):
    """The page of a lot; ``question`` and ``reply`` are bound forms that were refused."""
    context = shown.context(lot, request.membership)
    context["question_form"] = question or QuestionForm()
    context["reply_form"] = reply or ReplyForm()
    context["replying"] = replying
    context["has_errors"] = status >= 400  # noqa: PLR2004, the title says so
    return render(request, "auctions/lot_detail.html", context, status=status)


class LotDetail(View):
    """One lot, for everybody once it is announced."""

    def get(self, request, number):
        lot = lot_or_404(request, number)
        if number != lot.number:
            return redirect(lot, permanent=True)
        return page(request, lot)


class Withdraw(MemberRequired, View):
    """The seller or an officer takes the lot out before the bidding begins."""

    def lot(self, request, number):
        """The lot; 403 for those who may not, 404 once it is too late."""
        lot = lot_or_404(request, number)
        own = request.membership.organization_id == lot.seller_id and request.membership.may("declare")
        if not own and not rules.is_officer(request.membership):
            raise PermissionDenied
        if lot.state not in shown.WITHDRAWABLE:
            raise Http404
        return lot

    def get(self, request, number):
        return self.page(request, self.lot(request, number), ReasonForm())

    def post(self, request, number):
        lot, form = self.lot(request, number), ReasonForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            core_forms.run(form, withdrawing.withdraw, lot=lot, actor=request.membership, reason=reason)
        if form.errors:
            return self.page(request, lot, form, status=422)
        messages.success(request, gettext("The lot was withdrawn."))
        return redirect(lot)

    def page(self, request, lot, form, status=200):
        """The question, and what follows."""
        context = {
            "title": gettext("Withdraw the lot"),
            "number": lot.number,
            "lead": lot.title,
            "text": shown.withdrawal(lot, request.membership),
            "form": form,
            "submit": gettext("Withdraw the lot"),
            "danger": True,
            "back": lot.get_absolute_url(),
        }
        return render(request, "auctions/lot_act.html", context, status=status)
