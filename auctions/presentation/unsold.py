"""What the pages of unsold lots and talks show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from auctions.lifecycle import LotState
from auctions.models import Lot
from auctions.services.converting import CONVERTIBLE
from auctions.services.unsold import Shown
from foundation.core.display import day

OUTCOMES = {
    "no_bid": gettext_lazy("Nobody bid."),
    "below_reserve": gettext_lazy("The highest bid did not reach the reserve."),
    "sold": gettext_lazy("It was knocked down, and the sale fell through."),
    "": gettext_lazy("The bidding has no result."),
}


def figures(shown: Shown) -> list[dict[str, Any]]:
    """What the bidding showed, as rows."""
    rows = [
        {"label": _("Result"), "value": str(OUTCOMES[shown.outcome])},
        {"label": _("Organizations that read the documents"), "value": shown.viewers, "number": True},
        {"label": _("Documents opened"), "value": shown.documents_read, "number": True},
        {"label": _("Questions"), "value": shown.questions, "number": True},
        {"label": _("Registrations"), "value": shown.registrations, "number": True},
        {"label": _("Admitted bidders"), "value": shown.admitted, "number": True},
        {"label": _("Bids"), "value": shown.bids, "number": True},
        {"label": _("Refused bids"), "value": sum(shown.refused.values()), "number": True},
    ]
    if shown.highest is not None:
        rows.append({"label": _("Highest bid"), "value": str(shown.highest), "number": True})
    return rows


def ways(lot: Lot) -> list[dict[str, str]]:
    """The four ways on, each with what it means."""
    if lot.state == LotState.AFTER_SALE_TALKS:
        return [_way(lot, "lot_talks", _("Look at the offers"), _("Talks are open."))]
    if not lot.permits("choose"):
        return []
    rows = [
        _way(lot, "talks_open", _("Open after-sale talks"), _("Interested parties make offers; you take one or none.")),
        _way(lot, "lot_relist", _("List again"), _("In a later session, with a start price up to a fifth lower.")),
    ]
    if lot.subject in CONVERTIBLE:
        text = _("Anybody may take a license at a posted price; the draft is filled in for you.")
        rows.append(_way(lot, "lot_convert", _("Offer as an open license"), text))
    return [*rows, _way(lot, "lot_return", _("Return to the pool"), _("The patents are free for other uses at once."))]


def _way(lot: Lot, route: str, label: str, text: str) -> dict[str, str]:
    return {"label": label, "text": text, "url": reverse(f"auctions:{route}", args=[lot.number])}


def lot_facts(lot: Lot) -> list[dict[str, Any]]:
    """The lot in short."""
    rows = [
        {
            "label": _("Lot"),
            "value": lot.title,
            "note": f"{lot.number} · {lot.get_subject_display()}",
            "url": lot.get_absolute_url(),
        },
        {"label": _("Seller of the lot"), "value": lot.seller.display_name},
        {"label": _("Start price"), "value": str(lot.start), "number": True},
    ]
    if lot.talks_until:
        rows.append({"label": _("Offers until"), "value": day(lot.talks_until)})
    return rows
