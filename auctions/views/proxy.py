"""A maximum that a bidder leaves with the platform."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from auctions.forms import bidding as forms
from auctions.presentation import offer
from auctions.queries import bidding_room
from auctions.services import proxies
from auctions.views.registering import Bids
from auctions.views.room import lot_of
from foundation.core import forms as core_forms


class ProxyPage(Bids, View):
    """What the pages of a maximum share."""

    template = "auctions/proxy.html"

    def room(self, request, number):
        """The room of a lot on which one's party is admitted."""
        room = bidding_room.room_of(lot_of(request, number), request.membership)
        if room.own is None or not room.own.permits("proxy"):
            raise PermissionDenied
        return room

    def page(self, request, room, form, status=200):
        context = {
            "lot": room.lot,
            "title": room.lot.title,
            "form": form,
            "has_maximum": room.has_maximum,
            "lowest": (offer.amounts(room) or [None])[0],
            "increment": room.floor.increment_fen,
        }
        return render(request, self.template, context, status=status)


class LeaveMaximum(ProxyPage):
    """Leave a maximum, or another one; nobody reads it, the own organization included."""

    def get(self, request, number):
        return self.page(request, self.room(request, number), forms.new_maximum())

    def post(self, request, number):
        room, form = self.room(request, number), forms.Maximum(request.POST)
        if form.is_valid():
            try:
                leads = proxies.place_proxy(
                    registration=room.own,
                    maximum=form.cleaned_data["maximum"],
                    key=form.cleaned_data["key"],
                    actor=request.membership,
                )
            except proxies.BidRefused as refused:
                core_forms.add_error(form, refused)
                form.errors["maximum"] = form.errors.pop("__all__", form.errors.get("maximum"))
                return self.page(request, room, form, status=refused.status)
            told = _("Your maximum is standing, and you lead.") if leads else _("Your maximum is standing.")
            messages.success(request, told)
            return redirect("auctions:lot_room", number=number)
        return self.page(request, room, form, status=422)


class CancelMaximum(ProxyPage):
    """Take it back; bids already made from it stand."""

    def post(self, request, number):
        room = self.room(request, number)
        proxies.cancel_proxy(registration=room.own, actor=request.membership)
        messages.success(request, _("The maximum was cancelled. Bids already made from it stand."))
        return redirect("auctions:lot_room", number=number)
