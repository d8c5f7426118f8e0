"""One's money: what is due, held, payable; and the statement to download."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from foundation.core.clock import database_now
from foundation.core.money import Money
from settlement import presentation, queries, rules

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
            "due_total": sum((one.amount for one in due), Money(0)),
            "held": queries.held_for(own),
            "payable": queries.payable_to(own),
            "own": own,
            "now": database_now(),
        }
        return render(request, "settlement/overview.html", context)


class Statement(MoneyRequired, View):
    """All obligations one may see, as CSV."""

    def get(self, request):
        member = request.membership
        rows = queries.obligations.visible_to(member).order_by("pk")
        lines = presentation.statement(rows.iterator(chunk_size=500), member.organization_id)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="statement.csv"'
        return answer
