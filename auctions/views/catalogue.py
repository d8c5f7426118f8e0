"""The public catalogue of lots."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from auctions.presentation import catalogue as shown
from auctions.queries import catalogue, facets, lots
from foundation.core.numbering import is_valid

LAST_PAGE = 500


def page_number(request) -> int:
    """The page asked for, 1 where it is no number."""
    text = request.GET.get("page", "")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1  # noqa: PLR2004


class Catalogue(View):
    """Search, facets with counts, sort; the address says it all."""

    def get(self, request):
        params = catalogue.parse(request.GET)
        if not params.chosen and "-" in params.q and is_valid(params.q):
            only = lots.visible_to(request.membership).filter(number=params.q.upper()).first()
            if only is not None:
                return redirect(only)
        rows = catalogue.public()
        found = catalogue.with_details(catalogue.ordered(catalogue.filtered(rows, params), params))
        page = Paginator(found, params.size).get_page(page_number(request))
        context = shown.page_context(page, params, facets.counts(rows, params)) | {
            "total": page.paginator.count,
            "params": params,
            "feed_url": f"{reverse('auctions:lot_feed')}?{params.query_string}",
            "save_url": reverse("notifications:save_search"),
        }
        return render(request, "auctions/lot_list.html", context)
