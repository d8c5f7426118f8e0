"""Account statements of a party, of a business object and of an account: page, CSV and PDF."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from foundation.core.clock import database_now, local_date
from settlement import chart, forms_statements, queries, rules, statement_papers
from settlement.views.overview import MoneyRequired

PAGE_SIZE = 50
SHOWN = 30
UNPROCESSABLE = 422
FORMATS = ("", "csv", "pdf")


class StatementList(MoneyRequired, View):
    """Finance chooses a party or an object; others see their own statement at once."""

    def get(self, request):
        member = request.membership
        if not rules.sees_all(member):
            return redirect("settlement:party_statement", public_id=member.organization.public_id)
        form = forms_statements.Search(request.GET)
        words = form.cleaned_data.get("q", "") if form.is_valid() else ""
        found = queries.parties.visible_to(member)
        context = {
            "form": form,
            "words": words,
            "parties": (found.filter(name__icontains=words) if words else found).order_by("name")[:SHOWN],
            "objects": queries.objects_with_money(member, words, SHOWN),
        }
        return render(request, "settlement/statement_list.html", context)


class _Lines:
    """A paginator's list: it asks the statement for one page only."""

    def __init__(self, statement, newest_first):
        self.statement, self.newest_first = statement, newest_first

    def __len__(self):
        return self.statement.count

    def __getitem__(self, part):
        return self.statement.lines(part.start, part.stop - part.start, newest_first=self.newest_first)


class StatementPage(MoneyRequired, View):
    """What all statements share: the period, the page of lines, the two files. Subclasses say whose it is."""

    newest_first = False
    accounts = chart.CLIENT_MONEY
    route = heading = subtitle = ""

    def get(self, request, file_format="", **address):
        if file_format not in FORMATS:
            raise Http404
        subject = self.subject(**address)
        today = local_date(database_now())
        form = forms_statements.Period(request.GET or None, today=today, accounts=self.accounts)
        valid = not form.is_bound or form.is_valid()
        if not valid or not form.is_bound:
            form.cleaned_data = {}
        since, until = form.period
        account = subject.pop("account", None) or form.cleaned_data.get("account") or None
        statement = queries.statement(since=since, until=until, account=account, **subject)
        if valid and file_format:
            return self.file(statement, file_format)
        page = Paginator(_Lines(statement, self.newest_first), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "statement": statement,
            "page": page,
            "rows": list(page.object_list),
            "heading": self.heading,
            "subtitle": self.subtitle,
            "account": account and chart.ACCOUNTS[account],
            "files": [(name.upper(), self.file_url(name, address)) for name in FORMATS if name],
            "too_long": statement.count > statement_papers.LONGEST,
            "may_see_accounts": rules.sees_all(request.membership),
        }
        status = 200 if valid else UNPROCESSABLE
        return render(request, "settlement/statement.html", context, status=status)

    def file(self, statement, file_format):
        """The same lines as a file."""
        name = f"statement-{statement.since}-{statement.until}.{file_format}"
        if file_format == "csv":
            answer = StreamingHttpResponse(statement_papers.as_csv(statement), content_type="text/csv; charset=utf-8")
        else:
            if statement.count > statement_papers.LONGEST:
                text = _("A PDF takes at most {n} lines. Choose a shorter period, or the CSV file.")
                return HttpResponse(text.format(n=statement_papers.LONGEST), status=UNPROCESSABLE,
                                    content_type="text/plain; charset=utf-8")  # fmt: skip
            title = _("Account statement")
            pdf = statement_papers.as_pdf(
                statement, title=title, subtitle=f"{self.heading} {self.subtitle}".strip(), now=database_now()
            )
            answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def file_url(self, name, address):
        query = self.request.GET.copy()
        query.pop("page", None)
        url = reverse(f"settlement:{self.route}_file", kwargs={**address, "file_format": name})
        return f"{url}?{query.urlencode()}" if query else url


class PartyStatement(StatementPage):
    """The money held for one organization."""

    route = "party_statement"

    def subject(self, public_id):
        party = get_object_or_404(queries.parties.visible_to(self.request.membership), public_id=public_id)
        self.heading, self.subtitle = party.display_name, ""
        return {"party": party}


class ObjectStatement(StatementPage):
    """The money of one license, lot or obligation, as one may see it."""

    route = "object_statement"

    def subject(self, number):
        member = self.request.membership
        about = queries.obligations_about(number, member)
        if not about:
            raise Http404
        self.heading, self.subtitle = number, about[0].label
        viewer = None if rules.sees_all(member) else member.organization_id
        return {"about": about, "viewer_id": viewer}


class AccountDetail(StatementPage):
    """The lines of one account, newest first, with the balance after each."""

    newest_first, accounts, route = True, (), "account"

    def allowed(self, membership):
        return rules.sees_all(membership)

    def subject(self, code):
        if code not in chart.ACCOUNTS:
            raise Http404
        self.heading, self.subtitle = f"{code} {_(chart.ACCOUNTS[code].name)}", ""
        return {"account": code}
