"""Writing a royalty report: a task list, lines one by one, papers, check and send."""

import uuid

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core import forms as core_forms
from licenses.forms import royalties as forms
from licenses.presentation import report_tasks
from licenses.presentation import royalties as shown
from licenses.queries import royalties
from licenses.services import royalty_drafts, royalty_reports
from licenses.services.royalty_sums import calculation_of
from licenses.views.royalties import UNPROCESSABLE, OnePeriod


class OwnReport(OnePeriod, MemberRequired.having("take_license"), View):
    """What the pages share: the licensee's period, and its draft once it was begun."""

    def own(self, number):
        """The period, if one's organization is its licensee."""
        return get_object_or_404(royalties.taken_by(self.request.membership), number=number)

    def draft(self, number):
        """The draft of the period's report."""
        return get_object_or_404(royalties.drafts_of(self.request.membership), period__number=number)

    def to(self, name, number):
        return HttpResponseRedirect(reverse(f"licenses:{name}", args=[number]), status=303)

    def page(self, template, period, status=200, **context):
        context = {"period": period, "title": shown.title_of(period), **context}
        return render(self.request, f"licenses/{template}.html", context, status=status)


class TaskList(OwnReport):
    """Where the report stands; the first post begins it."""

    def get(self, request, number):
        period = self.own(number)
        draft = royalties.draft_report(period)
        last = royalties.latest_report(period)
        tasks = report_tasks.tasks(period, draft)
        begin = forms.FormToken(initial={"form_token": uuid.uuid4().hex}) if draft is None else None
        writes = period.permits("report")
        return self.page("royalty_report", period, draft=draft, last=last, tasks=tasks, begin=begin, writes=writes)

    def post(self, request, number):
        period = self.own(number)
        royalty_drafts.start_report(period=period, actor=request.membership)
        return self.to("royalty_report", number)


class Lines(OwnReport):
    """What was sold: the lines so far and one more."""

    def get(self, request, number):
        draft = self.draft(number)
        return self.show(draft, forms.LineForm(base=draft.period.rules.base))

    def post(self, request, number):
        draft = self.draft(number)
        form = forms.LineForm(request.POST, base=draft.period.rules.base)
        if form.is_valid() and core_forms.run(
            form, royalty_drafts.save_line, report=draft, actor=request.membership, **form.values()
        ):
            messages.success(request, _("The line was added."))
            return self.to("royalty_lines", number)
        return self.show(draft, form, UNPROCESSABLE)

    def show(self, draft, form, status=200):
        lines = list(draft.lines.all())
        return self.page("royalty_lines", draft.period, status, draft=draft, lines=lines, form=form,
                         total=shown.total_of(lines), with_costs="costs" in form.fields)  # fmt: skip


class Line(OwnReport):
    """One line, to be written anew."""

    def get(self, request, number, pk):
        line = self.line(number, pk)
        form = forms.LineForm(initial=forms.LineForm.initial_of(line), base=line.report.period.rules.base)
        return self.page("royalty_line", line.report.period, line=line, form=form)

    def post(self, request, number, pk):
        line = self.line(number, pk)
        form = forms.LineForm(request.POST, base=line.report.period.rules.base)
        if form.is_valid() and core_forms.run(
            form, royalty_drafts.save_line, report=line.report, line=line, actor=request.membership, **form.values()
        ):
            return self.to("royalty_lines", number)
        return self.page("royalty_line", line.report.period, UNPROCESSABLE, line=line, form=form)

    def line(self, number, pk):
        """A line of the draft."""
        own = royalties.draft_lines_of(self.request.membership)
        return get_object_or_404(own, pk=pk, report__period__number=number)


class RemoveLine(Line):
    """Take a line out."""

    http_method_names = ["post"]

    def post(self, request, number, pk):
        royalty_drafts.remove_line(line=self.line(number, pk), actor=request.membership)
        return self.to("royalty_lines", number)


class NothingSold(OwnReport):
    """Report zero."""

    http_method_names = ["post"]

    def post(self, request, number):
        royalty_drafts.state_nothing_sold(report=self.draft(number), actor=request.membership)
        return self.to("royalty_check", number)


class Papers(OwnReport):
    """Files that go with the report."""

    def get(self, request, number):
        return self.show(self.draft(number), forms.PaperForm())

    def post(self, request, number):
        draft = self.draft(number)
        form = forms.PaperForm(request.POST, request.FILES)
        if form.is_valid() and core_forms.run(
            form,
            royalty_drafts.add_paper,
            report=draft,
            upload=form.cleaned_data["file"],
            note=form.cleaned_data["note"],
            actor=request.membership,
        ):
            return self.to("royalty_papers", number)
        return self.show(draft, form, UNPROCESSABLE)

    def show(self, draft, form, status=200):
        papers = shown.paper_rows(draft.papers.select_related("file"))
        return self.page("royalty_papers", draft.period, status, draft=draft, papers=papers, form=form)


class RemovePaper(OwnReport):
    """Take a file out."""

    http_method_names = ["post"]

    def post(self, request, number, pk):
        own = royalties.draft_papers_of(request.membership)
        paper = get_object_or_404(own, pk=pk, report__period__number=number)
        royalty_drafts.remove_paper(paper=paper, actor=request.membership)
        return self.to("royalty_papers", number)


class Check(OwnReport):
    """See what it comes to, state that it is true, send."""

    def get(self, request, number):
        draft = self.draft(number)
        form = forms.SendReport(initial={"signatory": draft.signatory, "remark": draft.remark})
        return self.show(draft, form)

    def post(self, request, number):
        draft = royalties.drafts_of(request.membership).filter(period__number=number).first()
        if draft is None:  # a second click finds the report already sent
            return self.back(self.own(number))
        form = forms.SendReport(request.POST)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "form_token"}
            if core_forms.run(form, royalty_reports.send_report, report=draft, actor=request.membership, **fields):
                messages.success(request, _("The report was sent to the licensor."))
                return self.back(draft.period)
        return self.show(draft, form, UNPROCESSABLE)

    def show(self, draft, form, status=200):
        lines = list(draft.lines.all())
        total = shown.total_of(lines)
        done = calculation_of(draft.period, base_fen=total.fen, units=sum((line.quantity for line in lines), 0))
        context = {
            "draft": draft,
            "lines": lines,
            "form": form,
            "total": total,
            "calculation": shown.calculation_rows(done, draft.period.rules),
            "with_costs": draft.period.rules.base == "profit",
            "papers": shown.paper_rows(draft.papers.select_related("file")),
        }
        return self.page("royalty_check", draft.period, status, **context)
