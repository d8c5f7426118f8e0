"""The room of a lot: everybody may watch; who is admitted bids in two steps, without any script if need be."""

import json
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from auctions import protocol, stream, wording
from auctions.forms import bidding as forms
from auctions.presentation import offer, writing
from auctions.presentation import room as presentation
from auctions.queries import bidding_room, lots
from auctions.queries import bids as registered
from auctions.services import bids
from auctions.views.registering import Bids
from foundation.core import forms as core_forms
from foundation.core.display import is_chinese
from foundation.core.money import Money

TEMPLATE = "auctions/room.html"


def lot_of(request, number):
    """A lot with its floor that this visitor sees."""
    return get_object_or_404(lots.visible_to(request.membership).filter(floor__isnull=False), number=number)


def may_bid(request, room) -> bool:
    """Whether the bid form is shown: admitted, open, and a member who may bid."""
    member = request.membership
    return bool(
        room.own
        and room.own.permits("bid")
        and member.may("bid")
        and presentation.phase(room) in (presentation.LIVE, presentation.BEFORE)
    )


def page(request, room, *, panel: dict | None = None, status: int = 200):
    """The whole room. ``panel``: what the bid panel shows instead of its first step."""
    context = {
        "words": wording.of(room.lot.season),
        **parts(request, room),
        "title": room.lot.title,
        "crumbs": crumbs(room.lot),
        "tab": request.GET.get("tab", "bids"),
        "rules": presentation.rules(room),
        "documents": bidding_room.documents_of(room.lot),
        "qualification": presentation.qualification(room),
        "stream": stream.path_of(room.lot.number),
        "room_url": room.lot.get_absolute_url(),
        **(panel or {}),
    }
    if context["may_bid"] and "form" not in context and "checked" not in context:
        lowest = context["amounts"]
        context["form"] = forms.Amount(initial={"amount": writing.typed(lowest[0]) if lowest else ""})
    return render(request, TEMPLATE, context, status=status)


def parts(request, room) -> dict:
    """What the live part and the whole page share."""
    return {
        "lot": room.lot,
        "own": room.own,
        "paddle": room.paddle,
        "room": presentation.shown(room, everything="all" in request.GET),
        "position": presentation.position(room),
        "may_bid": may_bid(request, room),
        "amounts": offer.amounts(room),
        "has_maximum": room.has_maximum,
        "second_step": "step" in request.GET,
        "replay_url": reverse("auctions:lot_replay", args=[room.lot.number]),
        "urls": addresses(room.lot.number) | {"live": live_address(request, room.lot.number)},
    }


def addresses(number: str) -> dict[str, str]:
    """Where the forms of the room lead."""
    names = {"room": "lot_room", "live": "lot_room_live", "check": "bid_check", "place": "bid_place", "proxy": "proxy"}
    return {part: reverse(f"auctions:{name}", args=[number]) for part, name in names.items()}


def crumbs(lot) -> list[dict]:
    """Season and lot above the title."""
    season = lot.season.title_zh_hans if is_chinese() else lot.season.title_en
    ways = ((season, "season_detail", lot.season.code), (lot.number, "lot_detail", lot.number))
    return [{"label": label, "url": address(name, key)} for label, name, key in ways] + [{"label": _("Room")}]


def address(name: str, key: str) -> str:
    """The address of a page of the market; empty where this installation has no such page."""
    try:
        return reverse(f"auctions:{name}", args=[key])
    except NoReverseMatch:
        return ""


def live_address(request, number: str) -> str:
    """Where the changing part is asked for, with what this page shows: all bids, the second step, its language."""
    kept = {name: "1" for name in ("all", "step") if name in request.GET}
    if "lang" in request.GET:
        kept["lang"] = get_language()
    if request.resolver_match.url_name == "bid_check":
        kept["step"] = "1"
    return reverse("auctions:lot_room_live", args=[number]) + (f"?{urlencode(kept)}" if kept else "")


class LotRoom(View):
    """Watch, and bid where one is admitted."""

    def get(self, request, number):
        lot = lot_of(request, number)
        room = bidding_room.room_of(lot, request.membership)
        placed = forms.PlacedBid(request.GET)
        own = bidding_room.own_bid(lot, request.membership, placed.seq) if placed.is_valid() else None
        return page(request, room, panel={"placed": own} if own else None)


class LotRoomLive(View):
    """The part that changes: asked for every two seconds where no stream runs, and by the stream's script."""

    def get(self, request, number):
        room = bidding_room.room_of(lot_of(request, number), request.membership)
        response = render(request, "auctions/_room_live.html", {**parts(request, room), "fragment": True})
        response["Cache-Control"] = "no-store"
        return response


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
        own = registered.entry(number, request.membership)
        if own is None:
            lot_of(request, number)  # not visible is not found
            raise PermissionDenied
        form = forms.Bid(request.POST)
        if not form.is_valid():
            fresh = bidding_room.room_of(lot_of(request, number), request.membership)
            return page(request, fresh, panel={"form": form}, status=422)
        answers = form.cleaned_data
        try:
            placed = bids.place_bid(
                registration=own,
                amount=answers["amount"],
                key=answers["key"],
                seen_seq=answers["seen_seq"],
                actor=request.membership,
            )
        except bids.BidRefused as refused:
            fresh = bidding_room.room_of(lot_of(request, number), request.membership)
            return page(request, fresh, panel=again(refused, answers["amount"]), status=refused.status)
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
