"""The seller's pages: my lots, beginning one, its task list, checking and submitting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from accounts import history
from accounts.access import MemberRequired
from approvals.queries import latest_review_of
from auctions import eligibility
from auctions.forms.acts import ReasonForm, Token
from auctions.forms.lots import NewLotForm
from auctions.lifecycle import LotState
from auctions.presentation import proposal as shown
from auctions.queries import lots
from auctions.services import lots as services
from auctions.services import materials
from foundation.core import forms as core_forms
from foundation.core.clock import database_now, local_date

Seller = MemberRequired.having("declare")
PAGE, HISTORY = 20, 8


class MyLots(Seller, View):
    """My organization's lots by state."""

    def get(self, request):
        rows = lots.of_seller(request.membership).order_by("-updated_at", "-pk")
        group = request.GET.get("group", "")
        chosen = rows.filter(state__in=shown.LISTS[group]) if group in shown.LISTS else rows
        context = {
            "page": Paginator(chosen, PAGE).get_page(request.GET.get("page", "1")[:6]),
            "tabs": shown.tabs(rows, group if group in shown.LISTS else ""),
            "open_for_proposals": lots.collecting().exists(),
        }
        return render(request, "auctions/my_lots.html", context)


class NewLot(Seller, View):
    """Season, subject, patent numbers and start price: enough to begin."""

    def get(self, request):
        initial = {"season": request.GET.get("season", "")[:10], "number": request.GET.get("number", "")[:60]}
        return self.page(request, NewLotForm(seasons=lots.collecting(), initial=initial))

    def post(self, request):
        form = NewLotForm(request.POST, seasons=lots.collecting())
        if form.is_valid():
            data = form.cleaned_data
            made = core_forms.run(
                form,
                services.start_lot,
                season=data["season"],
                subject=data["subject"],
                numbers=data["number"],
                start=data["start"],
                actor=request.membership,
            )
            if made is not None:
                return redirect("auctions:lot_task_list", pk=made.pk)
        return self.page(request, form, status=422)

    def page(self, request, form, status=200):
        context = {"form": form, "open": form.fields["season"].queryset.exists()}
        return render(request, "auctions/lot_new.html", context, status=status)


class OwnLot(Seller):
    """What the pages of one own lot share."""

    def lot(self, request, pk):
        """The organization's lot; 404 for those of others."""
        return get_object_or_404(lots.of_seller(request.membership), pk=pk)

    def editable(self, request, pk):
        """The same, while it can be edited; 404 otherwise."""
        lot = self.lot(request, pk)
        if not lot.permits("edit"):
            raise Http404
        return lot


class TaskList(OwnLot, View):
    """The parts of a proposal, the live checks, and what happens after the submission."""

    def get(self, request, pk):
        lot, now = self.lot(request, pk), database_now()
        results = eligibility.check(lot, now=now)
        editable = lot.permits("edit")
        context = {
            "lot": lot,
            "draft": services.draft_of(lot),
            "tasks": shown.tasks(lot, results, local_date(now)) if editable else {},
            "checks": shown.checks(lot, results),
            "counts": eligibility.counts(results),
            "editable": editable,
            "corrections": shown.corrections(lot),
            "history": history.entries(lot, request.membership, HISTORY),
            "may_discard": lot.state == LotState.PROPOSED and not lot.number,
            "may_take_back": lot.state in (LotState.MATERIALS_CHECK, LotState.RETURNED),
        }
        return render(request, "auctions/lot_task_list.html", context)


class CheckAnswers(OwnLot, View):
    """Everything once more, with links that lead back; then the submission."""

    def get(self, request, pk):
        return self.page(request, self.editable(request, pk), Token())

    def post(self, request, pk):
        lot, form = self.editable(request, pk), Token(request.POST)
        if form.is_valid():
            done = core_forms.run(form, materials.submit, lot=lot, actor=request.membership)
            if done is not None:
                return redirect("auctions:lot_submitted", pk=pk)
        return self.page(request, lot, form, status=422)

    def page(self, request, lot, form, status=200):
        results = eligibility.check(lot, now=database_now())
        context = {
            "lot": lot,
            "form": form,
            "sections": shown.answers(lot, services.reserve_for(lot, request.membership)),
            "checks": shown.checks(lot, results),
            "counts": eligibility.counts(results),
        }
        return render(request, "auctions/lot_check.html", context, status=status)


class Submitted(OwnLot, View):
    """Confirmation: what happens next and by when."""

    def get(self, request, pk):
        lot = self.lot(request, pk)
        review = latest_review_of(materials.REVIEW_KIND, lot)
        if review is None:
            raise Http404
        return render(request, "auctions/lot_submitted.html", {"lot": lot, "review": review})


class Act(OwnLot, View):
    """A page that asks once more and then does one thing."""

    form_class, danger = ReasonForm, False
    title = text = submit = ""

    def find(self, request, pk):
        """The lot this act may be about."""
        return self.lot(request, pk)

    def get(self, request, pk):
        return self.page(request, self.find(request, pk), self.form_class())

    def page(self, request, lot, form, status=200):
        context = {
            "title": self.title,
            "lead": lot.title,
            "text": self.text,
            "form": form,
            "submit": self.submit,
            "danger": self.danger,
            "back": reverse("auctions:lot_task_list", args=[lot.pk]),
        }
        return render(request, "auctions/lot_act.html", context, status=status)


class TakeBack(Act):
    """Back from the materials check; the lot is a draft again."""

    def find(self, request, pk):
        lot = self.lot(request, pk)
        if lot.state not in (LotState.MATERIALS_CHECK, LotState.RETURNED):
            raise Http404
        self.title = self.submit = gettext("Take the proposal back")
        self.text = gettext("It is a draft again and no longer lies on your patents. You may submit it again.")
        return lot

    def post(self, request, pk):
        lot, form = self.find(request, pk), ReasonForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            core_forms.run(form, materials.take_back, lot=lot, actor=request.membership, reason=reason)
        if form.errors:
            return self.page(request, lot, form, status=422)
        messages.success(request, gettext("The proposal is a draft again."))
        return redirect("auctions:lot_task_list", pk=pk)


class Discard(Act):
    """Throw a draft away, after a question."""

    form_class, danger = Token, True

    def find(self, request, pk):
        lot = self.editable(request, pk)
        if lot.state != LotState.PROPOSED or lot.number:
            raise Http404
        self.title = self.submit = gettext("Delete the draft")
        self.text = gettext("What you and your colleagues typed is lost. The patents themselves are not touched.")
        return lot

    def post(self, request, pk):
        lot, form = self.find(request, pk), Token(request.POST)
        if form.is_valid():
            core_forms.run(form, services.discard, lot=lot, actor=request.membership)
        if form.errors:
            return self.page(request, lot, form, status=422)
        messages.success(request, gettext("The draft was thrown away."))
        return redirect("auctions:my_lots")
