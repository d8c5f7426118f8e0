"""Officers of the province: signals with their notes, who stood behind the paddles, the running lot in their hands."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views import View

from auctions.forms import integrity as forms
from auctions.forms.after import MayReason
from auctions.lifecycle import LotState
from auctions.presentation import integrity as shown
from auctions.queries import lots, suspicions
from auctions.services import disqualifying, identities, pausing
from auctions.services import suspicions as services
from auctions.views.acting import SEE_OTHER, UNPROCESSABLE, Act
from auctions.views.season_desk import Conductor
from foundation.core import forms as core_forms


def numbered(request, number):
    """A lot with its number."""
    return get_object_or_404(lots.visible_to(request.membership), number=number.upper())


class LotSignals(Conductor, View):
    """What the rules found on a lot; nobody is named."""

    def get(self, request, number):
        lot = numbered(request, number)
        rows = [shown.shown(one) for one in suspicions.of_lot(lot, request.membership)]
        context = {"lot": lot, "season": lot.season, "rows": rows, "ended": suspicions.has_ended(lot)}
        return render(request, "auctions/signals.html", context)


class SeasonSignals(Conductor, View):
    """What the rules found over the lots of a season, and on each of them."""

    def get(self, request, code):
        season = self.season(request, code)
        rows = [shown.shown(one) for one in suspicions.of_season(season, request.membership)[:200]]
        return render(request, "auctions/signals.html", {"season": season, "rows": rows, "rules": shown.rules()})


class NoteSignal(Conductor, View):
    """Note what came of looking at a signal."""

    def get(self, request, pk):
        return self.page(request, self.signal(request, pk), forms.NoteSignal(initial={}))

    def post(self, request, pk):
        signal, form = self.signal(request, pk), forms.NoteSignal(request.POST)
        if form.is_valid():
            note = form.cleaned_data["note"]
            core_forms.run(form, services.note, signal=signal, note=note, actor=request.membership)
        if form.errors:
            return self.page(request, signal, form, status=UNPROCESSABLE)
        return HttpResponseRedirect(self.address(signal), status=SEE_OTHER)

    def signal(self, request, pk):
        return get_object_or_404(suspicions.visible_to(request.membership), pk=pk)

    def address(self, signal) -> str:
        if signal.lot_id:
            return reverse("auctions:lot_signals", args=[signal.lot.number])
        return reverse("auctions:season_signals", args=[signal.season.code])

    def page(self, request, signal, form, status=200):
        row = shown.shown(signal)
        context = {
            "title": row["title"],
            "number": signal.lot.number if signal.lot_id else signal.season.code,
            "lead": row["sentence"],
            "text": row["harmless"],
            "form": form,
            "submit": gettext("Save the note"),
            "back": self.address(signal),
        }
        return render(request, "auctions/lot_act.html", context, status=status)


class LookBehind(Conductor, View):
    """Who stood behind the paddles of a lot that has ended; asked for anew, with a reason, every time."""

    def get(self, request, number):
        lot = numbered(request, number)
        if not suspicions.has_ended(lot):
            return redirect("auctions:lot_signals", number=lot.number)
        return self.page(request, lot, forms.LookBehind())

    def post(self, request, number):
        lot, form, seen = numbered(request, number), forms.LookBehind(request.POST), None
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            seen = core_forms.run(form, identities.look, lot=lot, reason=reason, actor=request.membership)
        return self.page(request, lot, form, seen, status=UNPROCESSABLE if form.errors else 200)

    def page(self, request, lot, form, seen=None, status=200):
        context = {"lot": lot, "form": form, "seen": seen, "back": reverse("auctions:lot_signals", args=[lot.number])}
        response = render(request, "auctions/identities.html", context, status=status)
        response["Cache-Control"] = "no-store"
        return response


class OnLot(Conductor, Act):
    """An officer's act on a running lot."""

    argument, state = "lot", ""
    form_class = forms.StopBidding

    def found(self, number):
        return numbered(self.request, number)

    def possible(self, subject) -> bool:
        return subject.state == self.state

    def address(self, subject) -> str:
        return subject.get_absolute_url()


class Pause(OnLot):
    """Stop the bidding at once; what is left of the time is kept."""

    service, state, danger = staticmethod(pausing.pause), LotState.LIVE, True
    title = submit = gettext_lazy("Pause the bidding")
    text = gettext_lazy("No bid is taken until you resume it. The time that is left is kept to the millisecond.")
    said = gettext_lazy("The bidding is paused.")


class Resume(OnLot):
    """Go on with the time that was left."""

    form_class = MayReason
    service, state = staticmethod(pausing.resume), LotState.PAUSED
    title = submit = gettext_lazy("Resume the bidding")
    text = gettext_lazy("The bidding goes on at once with the time that was left.")
    said = gettext_lazy("The bidding goes on.")


class CallOff(OnLot):
    """End a paused lot without a result."""

    service, state, danger = staticmethod(pausing.call_off), LotState.PAUSED, True
    title = submit = gettext_lazy("Call the bidding off")
    text = gettext_lazy("Nobody wins, all deposits go back, the lot leaves the season. This cannot be undone.")
    said = gettext_lazy("The bidding was called off.")


class Disqualify(OnLot):
    """Take a bidder out before the first bid."""

    form_class, service, danger = forms.Disqualify, staticmethod(disqualifying.disqualify), True
    title = submit = gettext_lazy("Disqualify a bidder")
    text = gettext_lazy("The bidder may not bid on this lot any more; the deposit goes back. You learn no name.")
    said = gettext_lazy("The bidder was disqualified and told.")

    def possible(self, subject) -> bool:
        return subject.state in shown.BEFORE_THE_END
