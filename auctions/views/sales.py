"""The sale after the hammer: one page for buyer, seller and officer, the list, and the public notice."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views import View

from accounts.access import MemberRequired
from accounts.history import entries
from auctions.presentation import sales as shown
from auctions.queries import after
from auctions.rules import is_officer
from auctions.services import claims
from foundation.core.clock import database_now
from foundation.core.refs import Ref
from foundation.documents import queries as documents

PAGE_SIZE = 20


class SaleList(MemberRequired, View):
    """Own purchases and sales; officers see all."""

    template = "auctions/sale_list.html"

    def get(self, request):
        found = after.visible_to(request.membership).order_by("-pk")
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, self.template, {"page": page})


class SaleDetail(MemberRequired, View):
    """One sale: the next step on top, facts, money, papers, history."""

    template = "auctions/sale_detail.html"

    def get(self, request, number):
        sale, now = get_object_or_404(after.visible_to(request.membership), number=number), database_now()
        context = {
            "sale": sale,
            "step": shown.next_step(sale, now),
            "points": shown.points(sale),
            "facts": shown.facts(sale),
            "money": shown.money(sale, request.membership),
            "papers": shown.papers(documents.documents_of(Ref.of(sale))),
            "objections": after.objections_visible_to(request.membership).filter(sale=sale),
            "dismisses": is_officer(request.membership),
            "claim": shown.claim_rows(claim) if (claim := claims.of_sale(sale)) else None,
            "waiting": after.open_rulings(sale),
            "actions": shown.actions(sale, request.membership, now),
            "entries": entries(sale, request.membership),
        }
        return render(request, self.template, context)


class SaleNotice(View):
    """The public notice of a state seller's sale: parties and price, open to everybody."""

    template = "auctions/sale_notice.html"

    def get(self, request, number):
        sale = get_object_or_404(after.announced(), number=number)
        now = database_now()
        running = now < sale.notice_until_at
        context = {"sale": sale, "facts": shown.facts(sale), "running": running}
        return render(request, self.template, context)
