"""Days compared with the bank, and months closed."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from foundation.audit import actions_for
from foundation.core import forms as core_forms
from foundation.core.clock import database_now, local_date
from settlement import forms_bank as forms
from settlement import presentation, queries, reconciliation, rules
from settlement.services import closing
from settlement.views.bank import SEE_OTHER, UNPROCESSABLE, SettlerRequired
from settlement.views.desk import DeskRequired

DAY = timedelta(days=1)
MOST_ROWS = 100


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


class Days(DeskRequired, View):
    """A month of an account: every day's bank and ledger balance, the difference, who signed."""

    def get(self, request, pk):
        return self.show(request, self.account(request, pk))

    def account(self, request, pk):
        return get_object_or_404(queries.own_accounts.visible_to(request.membership), pk=pk)

    def show(self, request, account, status=200, **bound):
        today = local_date(database_now())
        month = _month(request.GET.get("month", ""), queries.bank.last_day(account) or today)
        first, last = max(month, account.opening_date), min((month + 31 * DAY).replace(day=1) - DAY, today)
        signed = {row.day: row for row in account.signed_days.filter(day__range=(first, last)).order_by("pk")}
        rows = [
            {"day": day, "signed": signed.get(day.day), "holds": closing.holds(signed.get(day.day), day)}
            for day in (reconciliation.days(account, first, last) if first <= last else [])
        ]
        may = rules.may_settle(request.membership) and account.permits("import")
        until = min(queries.bank.last_day(account) or last, last, today - DAY)
        context = {
            "account": account,
            "rows": rows[::-1],
            "month": month,
            "earlier": (month - DAY).replace(day=1) if month > account.opening_date.replace(day=1) else None,
            "later": (month + 31 * DAY).replace(day=1) if last < today else None,
            "form": forms.SignDays(initial={"until": until}) if may else None,
            **bound,
        }
        return render(request, "settlement/bank/days.html", context, status=status)


class SignDays(SettlerRequired, View):
    """Sign the days that were compared."""

    def post(self, request, pk):
        page = Days()
        account = page.account(request, pk)
        form = forms.SignDays(request.POST)
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in ("until", "note")}
            core_forms.run(form, _sign, account=account, actor=request.membership, **fields)
        if form.errors:
            return page.show(request, account, UNPROCESSABLE, form=form)
        messages.success(request, _lazy("The days are signed."))
        month = form.cleaned_data["until"]
        url = f"{reverse('settlement:bank_days', args=[account.pk])}?month={month:%Y-%m}"
        return HttpResponseRedirect(url, status=SEE_OTHER)


def _sign(**fields) -> int:
    """How many days were signed; the rows themselves are not needed again."""
    return len(closing.sign_days(**fields))


class DayDetail(DeskRequired, View):
    """What makes the difference of a day, row by row."""

    def get(self, request, pk, day):
        account = Days().account(request, pk)
        try:
            chosen = date.fromisoformat(day)
        except ValueError as error:
            raise Http404 from error
        postings = reconciliation.only_in_ledger(account, chosen)
        context = {
            "account": account,
            "day": reconciliation.one_day(account, chosen),
            "lines": account.lines.filter(booked_on=chosen).order_by("sequence")[:MOST_ROWS],
            "at_bank": reconciliation.only_at_bank(account, chosen)[:MOST_ROWS],
            "in_ledger": [presentation.posting_row(one) for one in postings[:MOST_ROWS]],
            "signatures": account.signed_days.filter(day=chosen),
        }
        return render(request, "settlement/bank/day_detail.html", context)


class Months(DeskRequired, View):
    """Closed months, and the next one to close."""

    def get(self, request):
        return self.show(request)

    def show(self, request, status=200, **bound):
        member, today = request.membership, local_date(database_now())
        rows = queries.months.visible_to(member)
        latest = rows.first()
        waiting = latest.next_month if latest else (today.replace(day=1) - DAY).replace(day=1)
        problem = closing.month_problem(waiting, today)
        page = Paginator(rows, 24).get_page(request.GET.get("page"))
        may = rules.may_settle(member)
        context = {
            "page": page,
            "rows": [{"month": one, "actions": {a.name for a in actions_for(member, one)}} for one in page],
            "waiting": waiting,
            "problem": str(problem[0]).format(**problem[1]) if problem else "",
            "form": forms.CloseMonth(initial={"month": f"{waiting:%Y-%m}"}) if may and not problem else None,
            "reopen_form": forms.ReopenMonth() if may else None,
            **bound,
        }
        return render(request, "settlement/bank/months.html", context, status=status)


class CloseMonth(SettlerRequired, View):
    """Lock the books of a month."""

    def post(self, request):
        form = forms.CloseMonth(request.POST)
        if form.is_valid():
            core_forms.run(form, closing.close_month, month=form.cleaned_data["month"], actor=request.membership)
        if form.errors:
            return Months().show(request, UNPROCESSABLE, form=form)
        messages.success(request, _lazy("The month is closed."))
        return HttpResponseRedirect(reverse("settlement:months"), status=SEE_OTHER)


class ReopenMonth(SettlerRequired, View):
    """Ask a second person to reopen a month."""

    def post(self, request, pk):
        month = get_object_or_404(queries.months.visible_to(request.membership), pk=pk)
        form = forms.ReopenMonth(request.POST)
        if form.is_valid():
            core_forms.run(form, closing.ask_to_reopen, month=month, actor=request.membership,
                           reason=form.cleaned_data["reason"])  # fmt: skip
        if form.errors:
            return Months().show(request, UNPROCESSABLE, reopen_form=form)
        messages.success(request, _lazy("A second person was asked."))
        return HttpResponseRedirect(reverse("settlement:months"), status=SEE_OTHER)
