"""The room of a lot, which everybody may watch; its two steps of a bid are in `bid_steps`."""

from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from auctions import stream, wording
from auctions.forms import bidding as forms
from auctions.presentation import offer, writing
from auctions.presentation import room as presentation
from auctions.queries import bidding_room, lots
from foundation.core.display import is_chinese

TEMPLATE, LIVE = "auctions/room.html", "auctions/_room_live.html"
FRESH = {"Cache-Control": "no-store"}
SHARED_SECONDS = 2  # that a rendering for watchers is kept; its address has the second it was made in


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
    return render(request, TEMPLATE, first_step(context), status=status)


def first_step(context: dict) -> dict:
    """With the form of the first step where one may bid and nothing else is shown: the lowest amount is filled in."""
    if context["may_bid"] and "form" not in context and "checked" not in context:
        lowest = context["amounts"]
        context["form"] = forms.Amount(initial={"amount": writing.typed(lowest[0]) if lowest else ""})
    return context


def parts(request, room, version: str = "") -> dict:
    """What the live part and the whole page share. ``version``: what `glance` said before the room was read."""
    return {
        "lot": room.lot,
        "own": room.own,
        "paddle": room.paddle,
        "room": presentation.shown(room, everything="all" in request.GET),
        "position": presentation.position(room),
        "may_bid": may_bid(request, room),
        "amounts": offer.amounts(room),
        "has_maximum": room.has_maximum,
        "replay_url": reverse("auctions:lot_replay", args=[room.lot.number]),
        "urls": addresses(room.lot.number) | {"live": live_address(request, room.lot.number, version)},
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


def live_address(request, number: str, version: str) -> str:
    """Where the changing part is asked for, with what this page shows: all bids, its language, its version."""
    kept = {"all": "1"} if "all" in request.GET else {}
    if "lang" in request.GET:
        kept["lang"] = get_language()
    if version:
        kept["seen"] = version
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
    """The part that changes: asked for every two seconds where no stream runs, and by the stream's script.

    204 where it would show what the page has already (its address carries the version); who only watches shares one
    rendering a second.
    """

    def get(self, request, number):
        look = bidding_room.glance(lots.visible_to(request.membership), number, request.membership)
        if look is None:
            raise Http404
        if request.GET.get("seen") == look.version:
            return HttpResponse(status=204, headers=FRESH)
        return HttpResponse(self.rendered(request, number, look), headers=FRESH)

    def rendered(self, request, number, look) -> str:
        """The part, rendered anew for whoever is registered; shared by all others in the same second."""
        if look.is_bidder:
            return self.render(request, number, look)
        everything, now = "all" in request.GET, look.now.replace(microsecond=0)
        kept = f"room:{number}:{look.version}:{now.timestamp():.0f}:{everything}:{'lang' in request.GET}"
        return cache.get_or_set(kept, lambda: self.render(request, number, look), SHARED_SECONDS)

    def render(self, request, number, look) -> str:
        """Without the context of a whole page: no bars are drawn."""
        room = bidding_room.room_of(lot_of(request, number), request.membership)
        return render_to_string(LIVE, {**parts(request, room, look.version), "fragment": True})
