"""The practice room: anybody who is signed in may try how bidding works. No money, no lot, no record."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from accounts.access import UserRequired
from auctions.forms import bidding as forms
from auctions.presentation import offer, writing
from auctions.presentation import practice as presentation
from auctions.presentation import room as shown
from auctions.services import calling, practice
from auctions.views.bid_steps import again
from foundation.core.clock import database_now

KEY = "auction practice"
READING = ["get", "head", "options"]


def addresses() -> dict[str, str]:
    """Where the forms of the room lead here."""
    names = {"room": "practice", "live": "practice_live", "check": "practice_check", "place": "practice_bid"}
    return {part: reverse(f"auctions:{name}") for part, name in names.items()}


class Practice(UserRequired, View):
    """The room; what changed since the last look is caught up from the clock."""

    template = "auctions/practice.html"

    def get(self, request):
        return self.page(request, self.game(request))

    def post(self, request):
        request.session[KEY] = practice.begin(now=database_now())
        return redirect("auctions:practice")

    def game(self, request):
        """The game of this session, begun where there is none."""
        now = database_now()
        game = request.session.get(KEY) or practice.begin(now=now)
        request.session[KEY] = practice.caught_up(game=game, now=now)
        return request.session[KEY]

    def page(self, request, game, *, status=200, **panel):
        room = presentation.room(game, database_now())
        context = {
            "lot": room.lot,
            "own": room.own,
            "paddle": room.paddle,
            "room": shown.shown(room, everything=True),
            "position": shown.position(room),
            "qualification": shown.qualification(room),
            "may_bid": shown.phase(room) == shown.LIVE,
            "amounts": offer.amounts(room),
            "urls": addresses(),
            "is_practice": True,
            **panel,
        }
        if "form" not in context and context["amounts"]:
            context["form"] = forms.Amount(initial={"amount": writing.typed(context["amounts"][0])})
        return render(request, self.template, context, status=status)


class PracticeLive(Practice):
    """The part that changes."""

    http_method_names = READING
    template = "auctions/_room_live.html"

    def get(self, request):
        return self.page(request, self.game(request), fragment=True)


class PracticeCheck(Practice):
    """Step 2, like in the real room."""

    http_method_names = READING

    def get(self, request):
        game, form = self.game(request), forms.Amount(request.GET)
        if not form.is_valid():
            return self.page(request, game, form=form, status=422)
        amount = form.cleaned_data["amount"]
        room = presentation.room(game, database_now())
        refused = offer.refusal_of(room, amount)
        if refused is not None:
            return self.page(request, game, status=refused.status, **again(refused, amount))
        checked = offer.checked(room, amount)
        return self.page(request, game, checked=checked, form=forms.new_bid(amount, checked["seq"]))


class PracticeBid(Practice):
    """Confirm a bid of the game."""

    def get(self, request):
        return redirect("auctions:practice")

    def post(self, request):
        game, form = self.game(request), forms.Bid(request.POST)
        if not form.is_valid():
            return self.page(request, game, form=form, status=422)
        amount = form.cleaned_data["amount"]
        try:
            request.session[KEY] = practice.bid(game=game, amount=amount, now=database_now())
        except calling.BidRefused as refused:
            return self.page(request, game, status=refused.status, **again(refused, amount))
        return redirect("auctions:practice")
