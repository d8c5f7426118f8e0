"""The public list of challenges."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from challenges.presentation import catalogue as shown
from challenges.queries import catalogue, challenges, facets
from challenges.rules import is_officer
from challenges.views.pages import page_number
from foundation.core.numbering import is_valid


class ChallengeList(View):
    """Search, facets with counts, sort; the address says it all."""

    def get(self, request):
        params = catalogue.parse(request.GET)
        rows = catalogue.public()
        if not params.chosen and "-" in params.q and is_valid(params.q):
            only = rows.filter(number=params.q.upper()).first()
            if only is not None:
                return redirect(only)
        found = catalogue.with_details(catalogue.ordered(catalogue.filtered(rows, params), params))
        page = Paginator(found, params.size).get_page(page_number(request))
        context = shown.page_context(page, params, facets.counts(rows, params)) | {
            "total": page.paginator.count,
            "params": params,
            "feed_url": f"{reverse('challenges:challenge_feed')}?{params.query_string}",
            "save_url": reverse("notifications:save_search"),
            "collecting": list(challenges.collecting()),
            "conducts": is_officer(request.membership),
        }
        return render(request, "challenges/challenge_list.html", context)
