"""One's money: what is due, held, payable; and the statement to download."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core.clock import database_now
from foundation.core.money import Money
from settlement import chart, presentation, queries, rules
from settlement.forms_statements import FIRST_DAY

PAGE_SIZE = 20
SIDES = ("all", "out", "in")


class MoneyRequired(MemberRequired):
    """Whoever may see money, or settles it."""

    capability = "see_money"


class Overview(MoneyRequired, View):
    """The parties' page; finance goes to its desk."""

    def get(self, request):
        member = request.membership
        if rules.sees_all(member):
            return redirect("settlement:desk")
        rows = queries.obligations.visible_to(member)
        side = request.GET.get("side", "all")
        side = side if side in SIDES else "all"
        own = member.organization_id
        chosen = {"all": rows, "out": rows.filter(debtor_id=own), "in": rows.filter(creditor_id=own)}[side]
        due = list(queries.obligations.to_pay(member)[:100])
        context = {
            "page": Paginator(chosen.order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
            "tabs": [
                {"label": label, "url": f"?side={key}", "current": key == side}
                for key, label in zip(SIDES, (_("All"), _("We pay"), _("We receive")), strict=True)
            ],
            "due": due,
            "due_total": sum((one.left for one in due), Money(0)),
            "figures": _figures(member.organization),
            "own_statement": _statement_of(member.organization),
            "own": own,
            "now": database_now(),
        }
        return render(request, "settlement/overview.html", context)


def _statement_of(organization) -> str:
    return reverse("settlement:party_statement", args=[organization.public_id])


def _figures(organization) -> list[dict]:
    """What is held for the organization; each figure leads to the lines behind it."""
    held = queries.balances_of(organization)
    rows = [
        (_("Held for us in escrow"), chart.LICENSE_FEES, True),
        (_("Released, payable to us"), chart.PAYABLE, True),
        (_("Our deposits that are held"), "2005", False),
        (_("Our auction deposits that are held"), "2001", False),
        (_("Our bounties that are held"), "2004", False),
        (_("Goes back to us"), chart.REFUNDS, False),
    ]
    url, first = _statement_of(organization), f"since={FIRST_DAY}"
    return [
        {"label": label, "amount": held.get(code, Money(0)), "url": f"{url}?account={code}&{first}"}
        for label, code, always in rows
        if always or held.get(code)
    ]


class Statement(MoneyRequired, View):
    """All obligations one may see, as CSV."""

    def get(self, request):
        member = request.membership
        rows = queries.obligations.visible_to(member).order_by("pk")
        lines = presentation.statement(rows.iterator(chunk_size=500), member.organization_id)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="statement.csv"'
        return answer
