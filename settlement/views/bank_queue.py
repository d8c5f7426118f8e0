"""The queue: lines nothing was certain about, what could be meant, and what finance does with each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from foundation.core import forms as core_forms
from foundation.core.clock import database_now, local_date
from settlement import chart, matching, presentation, queries, rules
from settlement import forms_bank as forms
from settlement.banklifecycle import LineState
from settlement.services import queue, reversing
from settlement.views.bank import PAGE_SIZE, SEE_OTHER, UNPROCESSABLE, SettlerRequired
from settlement.views.desk import DeskRequired

STATES = (LineState.QUEUED, LineState.PARKED, LineState.NEW, LineState.RETURNED, LineState.REVERSED)


class Queue(DeskRequired, View):
    """What waits, oldest first; other states by choice."""

    def get(self, request):
        chosen = request.GET.get("state", "")
        state = LineState(chosen) if chosen in set(STATES) else LineState.QUEUED
        rows = queries.bank_lines.visible_to(request.membership).filter(state=state).order_by("booked_on", "pk")
        labels = queries.bank_lines.model.LIFECYCLE.labels
        context = {
            "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
            "tabs": [{"label": _lazy(labels[one]), "url": f"?state={one}", "current": one == state} for one in STATES],
            "ages": queries.ageing(local_date(database_now())),
            "unclear": queries.balance(chart.UNIDENTIFIED),
        }
        return render(request, "settlement/bank/queue.html", context)


class LineDetail(DeskRequired, View):
    """One line: what the bank wrote, what could be meant, what can be done."""

    def get(self, request, pk):
        return self.show(request, self.line(request, pk))

    def line(self, request, pk):
        return get_object_or_404(queries.bank_lines.visible_to(request.membership), pk=pk)

    def show(self, request, line, status=200, **bound):
        member = request.membership
        may = rules.may_settle(member)
        decides = may and line.permits("decide")
        entries = queries.entries.visible_to(member).filter(tick__line=line).order_by("pk")
        context = {
            "line": line,
            "left": line.payment.unallocated if line.payment else None,
            "suggestions": _suggestions(line) if decides else [],
            "lines": list(presentation.ledger_rows(entries)),
            "history": presentation.history(line, member),
            "may_unpark": may and line.permits("unpark") and line.reason not in ("currency", "uncounted"),
            **(_forms(line, member) if decides else {}),
            **bound,
        }
        return render(request, "settlement/bank/line_detail.html", context, status=status)


def _suggestions(line) -> list[dict]:
    return [{"reason": matching.REASONS[reason], "shares": shares} for reason, shares in queue.suggestions(line=line)]


def _forms(line, member) -> dict:
    """The forms that fit: money in is assigned or returned, money out is tied or takes something back."""
    shown = {"park_form": forms.Park(), "tick_form": None if line.payment else forms.Tick()}
    if line.payment:
        first = next((shares for _reason, shares in queue.suggestions(line=line)), ())
        shown |= {
            "assign_form": forms.Assign(membership=member, line=line, shares=first),
            "return_form": forms.Return(),
        }
    elif line.amount_fen < 0:
        back = forms.TakeBack(line=line)
        shown["take_back_form"] = back if back.fields["original"].queryset.exists() else None
        shown["is_reversal"] = reversing.is_reversal(line)
    return shown


class _Act(SettlerRequired, View):
    """A form of the page of a line."""

    name, service, done = "", None, _lazy("Done.")

    def get(self, request, pk):
        line = LineDetail().line(request, pk)
        return HttpResponseRedirect(reverse("settlement:bank_line", args=[line.pk]), status=SEE_OTHER)

    def form(self, request, line):
        """The bound form."""
        raise NotImplementedError

    def post(self, request, pk):
        page = LineDetail()
        line = page.line(request, pk)
        form = self.form(request, line)
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in self.fields}
            core_forms.run(form, self.service, line=line, actor=request.membership, **fields)
        if form.errors:
            line.refresh_from_db()
            return page.show(request, line, UNPROCESSABLE, has_errors=True, **{self.name: form})
        messages.success(request, self.done)
        return HttpResponseRedirect(reverse("settlement:bank_line", args=[line.pk]), status=SEE_OTHER)


class AssignLine(_Act):
    """Let the receipt pay obligations."""

    name, fields, service = "assign_form", ("shares", "note"), staticmethod(queue.assign_line)
    done = _lazy("The receipt is assigned.")

    def form(self, request, line):
        return forms.Assign(request.POST, membership=request.membership, line=line)


class ReturnLine(_Act):
    """Send the money back."""

    name, fields, service = "return_form", ("note",), staticmethod(queue.return_line)
    done = _lazy("The money goes back to its payer; above the limit a second person decides first.")

    def form(self, request, line):
        return forms.Return(request.POST)


class ParkLine(_Act):
    """Set the line aside."""

    name, fields, service = "park_form", ("note",), staticmethod(queue.park_line)
    done = _lazy("The line is parked.")

    def form(self, request, line):
        return forms.Park(request.POST)


class TickLine(_Act):
    """Tie the line to an entry."""

    name, fields, service = "tick_form", ("entry",), staticmethod(queue.tick_line)
    done = _lazy("The line is tied to the entry.")

    def form(self, request, line):
        return forms.Tick(request.POST)


class TakeBackLine(_Act):
    """The reversal takes a receipt back."""

    name, fields, service = "take_back_form", ("original",), staticmethod(queue.take_back_line)
    done = _lazy("The receipt was taken back.")

    def form(self, request, line):
        return forms.TakeBack(request.POST, line=line)


class UnparkLine(_Act):
    """Take the line up again."""

    name, fields, service = "unpark_form", (), staticmethod(queue.unpark_line)
    done = _lazy("The line is in the queue again.")

    def form(self, request, line):
        return forms.FormToken(request.POST)
