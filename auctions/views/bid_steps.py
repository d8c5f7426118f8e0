"""The two steps of a bid, without any script if need be; where there is one, the panel alone is answered."""

import json
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import View

from auctions import protocol
from auctions.forms import bidding as forms
from auctions.presentation import offer, writing
from auctions.presentation import room as presentation
from auctions.queries import bidding_room
from auctions.services import bids
from auctions.views.registering import Bids
from auctions.views.room import addresses, first_step, lot_of, may_bid, page
from foundation.core import forms as core_forms
from foundation.core import htmx
from foundation.core.errors import NotAllowed
from foundation.core.money import Money

PANEL = "auctions/_bid_panel.html"


def panel(request, number: str, shown: dict, status: int = 200) -> HttpResponse:
    """The bid panel alone, from the floor as it is now; for the room's script, which puts it into its page."""
    room = bidding_room.floor_of(number, request.membership)
    if room is None:
        not_registered(request, number)
    urls, placed = addresses(number), shown.get("placed")
    context = {
        "lot": room.lot,
        "own": room.own,
        "room": {"phase": presentation.phase(room)},
        "may_bid": may_bid(request, room),
        "amounts": offer.amounts(room),
        "urls": urls,
        "page_url": f"{urls['room']}?bid={placed.seq}" if placed else urls["room"],
        **shown,
    }
    return HttpResponse(render_to_string(PANEL, first_step(context)), status=status)


def receipt_panel(number: str, placed: bids.Placed) -> HttpResponse:
    """The panel of whoever leads now: the receipt, nothing to read again. The live part brings the next amounts."""
    context = {
        "lot": {"number": number},
        "placed": placed,
        "may_bid": True,
        "page_url": f"{reverse('auctions:lot_room', args=[number])}?bid={placed.seq}",
    }
    return HttpResponse(render_to_string(PANEL, context))


def answer(request, number: str, shown: dict, status: int = 200) -> HttpResponse:
    """The panel for a script, the whole room for everybody else."""
    if htmx.is_partial(request):
        return panel(request, number, shown, status)
    room = bidding_room.room_of(lot_of(request, number), request.membership)
    if room.own is None:
        raise PermissionDenied
    return page(request, room, panel=shown, status=status)


def not_registered(request, number: str) -> NoReturn:
    """Refuse who did not register for a lot that one sees; not visible is not found."""
    lot_of(request, number)
    raise PermissionDenied


class CheckBid(Bids, View):
    """Step 2: the amount in figures and capitals, the whole cost, a warning above three increments."""

    def get(self, request, number):
        room = bidding_room.room_of(lot_of(request, number), request.membership)
        if room.own is None:
            return redirect("auctions:register", number=number)
        form = forms.Amount(request.GET)
        if not form.is_valid():
            return page(request, room, panel={"form": form}, status=422)
        amount = form.cleaned_data["amount"]
        refused = offer.refusal_of(room, amount)
        if refused is not None:
            return page(request, room, panel=again(refused, amount), status=refused.status)
        checked = offer.checked(room, amount)
        return page(request, room, panel={"checked": checked, "form": forms.new_bid(amount, checked["seq"])})


class PlaceBid(Bids, View):
    """Confirm: one bid. A refusal comes back to step 1 with the next possible amount filled in."""

    def post(self, request, number):
        form = forms.Bid(request.POST)
        if not form.is_valid():
            return answer(request, number, {"form": form}, 422)
        answers = form.cleaned_data
        try:
            placed = bids.place_bid_by_number(
                number=number,
                amount=answers["amount"],
                key=answers["key"],
                seen_seq=answers["seen_seq"],
                actor=request.membership,
            )
        except bids.BidRefused as refused:
            return answer(request, number, again(refused, answers["amount"]), refused.status)
        except NotAllowed:
            not_registered(request, number)
        if htmx.is_partial(request):
            return receipt_panel(number, placed) if placed.leading else panel(request, number, {"placed": placed})
        return redirect(f"{reverse('auctions:lot_room', args=[number])}?bid={placed.seq}")


def again(refused: bids.BidRefused, amount: Money) -> dict:
    """Step 1 again: the sentence beside the field, and the next possible amount (or the same) in it."""
    form = forms.Amount({"amount": writing.typed(refused.minimum or amount)})
    core_forms.add_error(form, refused)
    return {"form": form}


class Receipt(Bids, View):
    """The receipt of one's own bid: number and hash, to be kept and compared with the record after the end."""

    def get(self, request, number, seq):
        lot = lot_of(request, number)
        bid = bidding_room.own_bid(lot, request.membership, seq)
        if bid is None:
            raise Http404
        body = json.dumps(protocol.receipt(bid), ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{lot.number}-{seq}.json"'
        return response
