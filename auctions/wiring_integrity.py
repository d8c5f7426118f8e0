"""Signals of collusion and looks behind paddles: how they read in the history, and what makes them sought again."""

from typing import Any

from auctions import work_integrity
from auctions.models import Sale
from auctions.queries import registrations
from auctions.services import suspicions
from foundation import audit
from foundation.core import handlers
from foundation.core.marks import _

PHRASES = {
    "auctions.lot.signal_noted": _("An officer noted what came of a signal of collusion"),
    "auctions.season.signal_noted": _("An officer noted what came of a signal of collusion"),
    "auctions.lot.identities_seen": _("An officer looked who stood behind the paddles of lot {lot}"),
}


def on_sale(event: Any) -> None:
    """An underbidder got the lot, or a buyer is in default: the rules are asked anew."""
    suspicions.seek(lot=Sale.objects.select_related("lot__season", "lot__session").get(pk=event.subject_id).lot)


def install() -> None:
    """Register them; called once at start-up."""
    for name, phrase in PHRASES.items():
        audit.phrases.register(name, phrase)
    handlers.register("my_work:auctions.integrity", work_integrity.items_for)
    audit.queries.seal("auctions.bidders", registrations.secret_events)
    for move in ("began", "default"):
        audit.subscriptions.subscribe(f"auctions.sale.{move}", "auctions.seek_signals", on_sale)
