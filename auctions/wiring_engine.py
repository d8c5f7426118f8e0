"""What the floor says in events, and the promises about it."""

from auctions import invariants
from foundation.audit import phrases
from foundation.core.marks import _

PHRASES = {
    "auctions.bid.placed": _("Paddle {paddle} bid {amount} on {number}"),
    "auctions.lot.open_registration": _("Registration for lot {number} is open"),
    "auctions.lot.go_live": _("The bidding on lot {number} began"),
    "auctions.lot.pause": _("The bidding on lot {number} was paused. {reason}"),
    "auctions.lot.resume": _("The bidding on lot {number} goes on"),
    "auctions.lot.knock_down": _("Lot {number} was knocked down to paddle {paddle} at {price}"),
    "auctions.lot.fail": _("Lot {number} was not sold"),
    "auctions.lot.call_off": _("The bidding on lot {number} was called off: {reason}"),
    "auctions.proxy.placed": _("A maximum was left"),
    "auctions.proxy.cancelled": _("The maximum was taken back"),
}


def install() -> None:
    """Register them; called once at start-up."""
    for name, template in PHRASES.items():
        phrases.register(name, template)
    invariants.install()
