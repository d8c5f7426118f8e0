"""The words of the legal form: what the platform conducts itself is online competitive bidding, never an "auction".

Only a licensed house with an auctioneer holds auctions (Auction Law Arts. 10 to 16).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from auctions.models import LegalForm, Season

WORDS: dict[str, dict[str, Promise]] = {
    LegalForm.PLATFORM: {
        "event": _("Online competitive bidding"),
        "conductor": _("Conducted by the platform"),
        "hammer": _("Confirmed by the system"),
        "notice": _("Notice of competitive bidding"),
        "law": _("Rules of the season, after the judicial rules on online auctions"),
    },
    LegalForm.HOUSE: {
        "event": _("Auction"),
        "conductor": _("Conducted by the auction house"),
        "hammer": _("Knocked down by the auctioneer"),
        "notice": _("Auction notice"),
        "law": _("Auction Law and the rules of the season"),
    },
}


def of(season: Season) -> dict[str, Promise]:
    """The words for a season, in the language of now."""
    return WORDS[season.legal_form]
