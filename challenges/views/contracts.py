"""Contracts: the list, and one page for the firm, the team and who sees the province."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views import View

from accounts.access import MemberRequired
from accounts.history import entries
from challenges import papers
from challenges.presentation import contracts as shown
from challenges.queries import contracts
from foundation.core.clock import database_now
from foundation.core.refs import Ref
from foundation.documents import queries as documents

PAGE_SIZE = 20


class ContractList(MemberRequired, View):
    """Own contracts as firm and as team; the province sees all."""

    template = "challenges/contract_list.html"

    def get(self, request):
        page = Paginator(contracts.listed(request.membership), PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, self.template, {"page": page})


class AwardDetail(MemberRequired, View):
    """One contract: the next step on top, milestones, facts, money, papers, history."""

    template = "challenges/award_detail.html"

    def get(self, request, number):
        award = get_object_or_404(contracts.visible_to(request.membership), number=number)
        milestones = list(award.milestones.select_related("award__challenge"))
        context = {
            "award": award,
            "step": shown.next_step(award, milestones),
            "points": shown.points(award, milestones),
            "milestones": milestones,
            "planned": [] if milestones else papers.milestones_of(award),
            "facts": shown.facts(award),
            "signatures": shown.signatures(award),
            "escrow": shown.escrow(award, request.membership),
            "outcomes": shown.outcome_rows(award),
            "papers": shown.papers(documents.documents_of(Ref.of(award))),
            "actions": shown.actions(award, request.membership, milestones, database_now()),
            "entries": entries(award, request.membership),
        }
        return render(request, self.template, context)
