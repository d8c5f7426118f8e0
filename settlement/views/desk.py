"""Finance's desk: the proof that client money is complete, balances that lead to their lines, cases to clarify."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from foundation.core.clock import database_now
from foundation.core.money import Money
from settlement import chart, forms, presentation, queries, rules, services
from settlement.presentation_desk import waiting
from settlement.views.overview import MoneyRequired

UNPROCESSABLE = 422
SOON = timedelta(days=7)
NIGHTS, NIGHTS_A_PAGE = 7, 31
SHOWN, SHOWN_LINES = 20, 5


class DeskRequired(MemberRequired):
    """Finance and the auditor."""

    def allowed(self, membership):
        return rules.sees_all(membership)


def _count(rows) -> dict:
    found = rows.aggregate(n=Count("pk"), fen=Sum("amount_fen", default=0))
    return {"count": found["n"], "amount": Money(int(found["fen"]))}


class Desk(DeskRequired, View):
    """The first page of finance."""

    def get(self, request):
        now, ready = database_now(), [one for one in queries.due_to_payees() if not one.obstacle]
        queued = queries.line_counts().get("queued", 0)
        rows = queries.obligations.visible_to(request.membership)
        to_pay = rows.filter(state="open")
        cases = queries.cases.visible_to(request.membership).exclude(state="resolved").order_by("pk")[:SHOWN]
        balances = queries.balances_by_account()
        context = {
            "equation": queries.equation(),
            "balances": balances,
            "total": sum((one.amount for one in balances), Money(0)),
            "due": _count(to_pay.filter(due_at__gt=now, due_at__lte=now + SOON)),
            "late": _count(to_pay.filter(due_at__lte=now)),
            "cases": cases,
            "lines": queries.bank_lines.queue(request.membership)[:SHOWN_LINES],
            "unmatched": {"count": len(cases) + queued, "amount": queries.balance(chart.UNIDENTIFIED)},
            "ready": len(ready),
            "may_settle": rules.may_settle(request.membership),
            "covered": queries.bank.covered_until(),
            "next_due": to_pay.order_by("due_at")[:10],
            "objections": rows.filter(objections__settled_at=None, objections__isnull=False).distinct()[:10],
            "now": now,
            "proofs": queries.proofs.visible_to(request.membership)[:NIGHTS],
            "waiting": waiting(request.membership, ready, queued),
        }
        return render(request, "settlement/desk.html", context)


class Proofs(DeskRequired, View):
    """The proof of every night, the latest first."""

    def get(self, request):
        rows = queries.proofs.visible_to(request.membership)
        page = Paginator(rows, NIGHTS_A_PAGE).get_page(request.GET.get("page"))
        return render(request, "settlement/proofs.html", {"page": page})


class EntryDetail(MoneyRequired, View):
    """One entry with its lines, as one may see it."""

    def get(self, request, pk):
        entry = get_object_or_404(queries.entries.visible_to(request.membership), pk=pk)
        context = {
            "entry": entry,
            "lines": list(presentation.ledger_rows([entry])),
            "reversal": getattr(entry, "reversed_by", None),
            "may_see_accounts": rules.sees_all(request.membership),
        }
        return render(request, "settlement/entry_detail.html", context)


class CaseDetail(DeskRequired, View):
    """Money to clarify: what is known, and what can be done with it."""

    def get(self, request, pk):
        case = self.case(pk)
        return self.show(case, forms.ResolveCase(case=case, membership=request.membership))

    def post(self, request, pk):
        case = self.case(pk)
        if not rules.may_settle(request.membership):
            raise PermissionDenied
        form = forms.ResolveCase(request.POST, case=case, membership=request.membership)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            done = core_forms.run(form, services.resolve_case, case=case, actor=request.membership, **fields)
        if form.errors:
            return self.show(case, form, UNPROCESSABLE)
        waits = done.state == "in_review"
        messages.success(request, _("A second person decides now.") if waits else _("The case is resolved."))
        return HttpResponseRedirect(reverse("settlement:case", args=[case.pk]), status=303)

    def case(self, pk):
        return get_object_or_404(queries.cases.visible_to(self.request.membership), pk=pk)

    def show(self, case, form, status=200):
        may_resolve = case.permits("resolve") and rules.may_settle(self.request.membership)
        context = {
            "case": case,
            "payment": case.payment,
            "form": form if may_resolve else None,
            "entries": presentation.history(case, self.request.membership),
            "lines": list(presentation.ledger_rows(queries.entries_for(case.payment, self.request.membership))),
        }
        return render(self.request, "settlement/case_detail.html", context, status=status)
