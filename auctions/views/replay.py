"""The replay of a decided lot: bid by bid, from the stored record, for everybody."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views import View

from auctions.forms.replays import Moment
from auctions.presentation import room as presentation
from auctions.queries import lots, replays


class LotReplay(View):
    """Step through the bids by links; the record and the program that checks it are offered beside."""

    template = "auctions/replay.html"

    def get(self, request, number):
        lot = get_object_or_404(
            lots.visible_to(request.membership).filter(floor__closed_at__isnull=False), number=number
        )
        if not hasattr(lot, "result"):
            raise Http404
        last = lot.floor.seq
        seq = Moment(request.GET).within(last)
        context = {
            "lot": lot,
            "title": lot.title,
            "result": lot.result,
            "room": presentation.shown(replays.stood_after(lot, seq), everything="all" in request.GET),
            "seq": seq,
            "last": last,
            "before": max(seq - 1, 0),
            "after": min(seq + 1, last),
            "paddle": "",
        }
        return render(request, self.template, context)
