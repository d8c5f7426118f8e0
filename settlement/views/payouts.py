"""Payouts: what is due, the runs, one run, one payout."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from foundation.core import forms as core_forms
from foundation.core.money import Money
from settlement import forms_payouts as forms
from settlement import presentation, queries, rules
from settlement.lifecycle_payouts import RunState
from settlement.services import payouts, runs
from settlement.views.acting import SEE_OTHER, UNPROCESSABLE, Act, Acts
from settlement.views.desk import DeskRequired
from settlement.views.overview import MoneyRequired

PAGE_SIZE = 30


class PayoutRuns(DeskRequired, View):
    """What is due to payees and the runs; POST collects a run."""

    def get(self, request):
        return self.show(request, forms.NewRun())

    def post(self, request):
        if not rules.may_settle(request.membership):
            raise PermissionDenied
        form = forms.NewRun(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            facts = {"rail": data["rail"], "note": data["note"], "key": f"page:{data['form_token']}"}
            run = core_forms.run(form, runs.collect_run, actor=request.membership, **facts)
        if form.errors:
            return self.show(request, form, UNPROCESSABLE)
        return HttpResponseRedirect(run.get_absolute_url(), status=SEE_OTHER)

    def show(self, request, form, status=200):
        due = queries.due_to_payees()
        ready = [one for one in due if not one.obstacle]
        context = {
            "due": Paginator(due, PAGE_SIZE).get_page(request.GET.get("due")),
            "ready": len(ready),
            "ready_total": sum((one.free for one in ready), Money(0)),
            "waiting": len(due) - len(ready),
            "page": Paginator(queries.runs.visible_to(request.membership), PAGE_SIZE).get_page(request.GET.get("page")),
            "form": form if rules.may_settle(request.membership) else None,
        }
        return render(request, "settlement/payouts/run_list.html", context, status=status)


class RunPage(Acts, DeskRequired):
    """What the pages of a run share."""

    argument, route = "run", "settlement:payout_run_act"
    ACTS = {
        "submit": Act(_("Submit for approval"), forms.Press, runs.submit_run, _("The run was submitted."),
                      rules.may_settle, "submit", first=True),
        "send": Act(_("Send to the bank"), forms.Press, runs.begin_sending, _("The run is being sent."),
                    rules.may_settle, "begin", first=True),
        "cancel": Act(_("Cancel the run"), forms.Why, runs.cancel_run, _("The run was cancelled."),
                      rules.may_settle, "cancel", danger=True),
    }  # fmt: skip

    def run(self, number):
        return get_object_or_404(queries.runs.visible_to(self.request.membership), number=number)

    def show(self, run, status=200, bound=None):
        member = self.request.membership
        count, total = runs.totals(run)
        context = {
            "run": run,
            "count": count,
            "total": total,
            "page": Paginator(run.payouts.select_related("party"), PAGE_SIZE).get_page(self.request.GET.get("page")),
            "acts": self.acts_of(run, bound),
            "has_errors": bool(bound),
            "entries": presentation.history(run, member),
            "done": run.payouts.exclude(state="planned").count(),
            "is_waiting": run.state == RunState.WAITING,
            "is_own": run.made_by_id == member.user_id,
            "is_sending": run.state == RunState.SENDING,
            "may_drop": rules.may_settle(member) and run.permits("drop"),
        }
        return render(self.request, "settlement/payouts/run_detail.html", context, status=status)


class RunDetail(RunPage, View):
    """One run with its payouts."""

    def get(self, request, number):
        return self.show(self.run(number))


class RunAct(RunPage, View):
    """The buttons of a run."""

    def post(self, request, number, act):
        return self.perform(request, self.run(number), act)


class RunFile(DeskRequired, View):
    """The file for the bank; it holds whole account numbers, so only finance gets it."""

    capability = "settle"

    def allowed(self, membership):
        return rules.may_settle(membership)

    def get(self, request, number):
        run = get_object_or_404(queries.runs.visible_to(request.membership), number=number)
        if run.file is None:
            raise Http404
        return FileResponse(run.file.content.open("rb"), as_attachment=True, filename=f"{run.number}.xml",
                            content_type="application/xml")  # fmt: skip


class PayoutPage(Acts, MoneyRequired):
    """What the pages of a payout share."""

    argument, route = "payout", "settlement:payout_act"
    ACTS = {
        "clear": Act(_("Pay again with the next run"), forms.Why, payouts.clear_payout, _("It is due again."),
                     rules.may_settle, "clear", first=True),
        "drop": Act(_("Leave out of the run"), forms.Why, runs.drop_payout, _("It was left out."),
                    lambda member, one: rules.may_settle(member) and one.run.permits("drop"), "drop"),
    }  # fmt: skip

    def payout(self, number):
        return get_object_or_404(queries.payouts.visible_to(self.request.membership), number=number)

    def address(self, obj):
        return reverse("settlement:payout", args=[obj.number])

    def show(self, payout, status=200, bound=None):
        member = self.request.membership
        context = {
            "payout": payout,
            "acts": self.acts_of(payout, bound),
            "has_errors": bool(bound),
            "lines": list(presentation.ledger_rows(queries.entries_for(payout, member))),
            "entries": presentation.history(payout, member),
            "sees_all": rules.sees_all(member),
        }
        return render(self.request, "settlement/payouts/payout_detail.html", context, status=status)


class PayoutDetail(PayoutPage, View):
    """One payout: where it goes, what became of it."""

    def get(self, request, number):
        return self.show(self.payout(number))


class PayoutAct(PayoutPage, View):
    """The buttons of a payout."""

    def post(self, request, number, act):
        return self.perform(request, self.payout(number), act)


class Received(MoneyRequired, View):
    """What was paid out to the own organization."""

    def get(self, request):
        if rules.sees_all(request.membership):
            messages.info(request, _("All payouts stand in their runs."))
            return HttpResponseRedirect(reverse("settlement:payout_runs"))
        rows = queries.payouts.visible_to(request.membership).order_by("-pk")
        context = {"page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
        return render(request, "settlement/payouts/received.html", context)
