"""What the bidders' side of auctions answers for and listens to."""

from django.urls import reverse

from auctions import notices_bidders, work_bidders
from auctions.models import Lot, Registration
from auctions.services import deposits, registering
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _


def obligation_url(obligation) -> str:
    """Where the registration of a deposit is shown."""
    return reverse("auctions:registration_detail", args=[Registration.objects.get(obligation=obligation).pk])


def on_not_won(event) -> None:
    """The deposit goes back at once."""
    deposits.release_for(registration=Registration.objects.get(pk=event.subject_id))


def on_lot_gone(event) -> None:
    """The lot was withdrawn or called off: registrations end, deposits go back."""
    registering.withdraw_all(lot=Lot.objects.get(pk=event.subject_id), reason="lot withdrawn")


def on_withdrawn(*, lot, actor, reason) -> None:
    """The seller or the officer withdraws the lot: the same, in the transaction of the withdrawal."""
    registering.withdraw_all(lot=lot, reason=reason or "lot withdrawn")


handlers.register("auctions.withdrawn", on_withdrawn)
handlers.register(f"obligation.paid:{deposits.PURPOSE}", deposits.on_paid)
handlers.register(f"obligation.url:{deposits.PURPOSE}", obligation_url)
handlers.register("my_work:auctions.registrations", work_bidders.items_for)

for move in ("lose", "disqualify"):
    audit.subscriptions.subscribe(f"auctions.registration.{move}", "auctions.release_deposit", on_not_won)
for move in ("withdraw", "call_off"):
    audit.subscriptions.subscribe(f"auctions.lot.{move}", "auctions.lot_gone", on_lot_gone)

PHRASES = {
    "applied": _("Registered as a bidder for lot {lot}"),
    "qualify": _("The organization may bid"),
    "ask_deposit": _("A deposit of {amount} was asked for, reference {obligation}"),
    "hold_deposit": _("The deposit arrived and is held"),
    "admit": _("Admitted to the bidding on lot {lot}"),
    "win": _("Won the lot"),
    "lose": _("Did not win the lot"),
    "release_deposit": _("The deposit of {amount} goes back"),
    "lapse": _("The deposit was not paid in time"),
    "disqualify": _("Disqualified: {reason}"),
    "withdraw": _("The registration was withdrawn"),
}
for verb, phrase in PHRASES.items():
    audit.phrases.register(f"auctions.registration.{verb}", phrase)
audit.phrases.register("auctions.lot.closing_soon", _("Bidding on lot {number} ends soon"))
notices_bidders.install()
