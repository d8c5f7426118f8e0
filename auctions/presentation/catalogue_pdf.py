"""The printed catalogue of a season: its rules, its sessions and all its lots, in the language of the page."""

from django.conf import settings
from django.utils.translation import gettext

from auctions import wording
from auctions.models import Lot, Season
from auctions.presentation import catalogue, seasons
from auctions.queries import seasons as asked
from foundation.core.display import moment, money
from foundation.documents import rendering

MOST_LOTS = 2_000


def data_of(season: Season, lots: list[Lot], now) -> dict:
    """Everything the sheets print."""
    rules = [(row["label"], row["value"], row["note"]) for row in seasons.rules(season)]
    return {
        "site": settings.KAIXU_PUBLIC_URL,
        "title": season.title,
        "kicker": str(wording.of(season)["event"]),
        "number": season.code,
        "about": season.about,
        "made": gettext("As of %(moment)s") % {"moment": moment(now)},
        "rules_title": gettext("Rules of the season"),
        "rules": [{"label": label, "value": value, "note": note} for label, value, note in rules],
        "sessions_title": gettext("Auction sessions"),
        "sessions": [_session(one) for one in asked.sessions_of(season)],
        "lots_title": gettext("Lots"),
        "none": gettext("No lot is announced yet."),
        "labels": {
            "seller": gettext("Offered by"),
            "patents": gettext("Patents"),
            "start": gettext("Start price"),
            "deposit": gettext("Deposit"),
            "increment": gettext("Increment"),
            "bidding": gettext("Bidding"),
            "defects": gettext("Known defects and burdens"),
        },
        "lots": [_lot(lot) for lot in lots],
    }


def _session(session) -> dict:
    return {
        "name": gettext("Session %(n)s") % {"n": session.position},
        "dates": [{"label": row["label"], "value": row["value"]} for row in seasons.dates(session, zone=True)],
    }


def _lot(lot: Lot) -> dict:
    return {
        "number": lot.number,
        "title": lot.title,
        "subject": lot.get_subject_display(),
        "state": gettext(lot.state_label),
        "seller": lot.seller.display_name,
        "patents": "；".join(f"{item.patent.display_number} {item.patent.title}" for item in lot.items.all()),
        "start": money(lot.start),
        "deposit": money(catalogue.deposit_of(lot)),
        "increment": money(catalogue.increment_of(lot)),
        "reserve": gettext("has a reserve") if lot.has_reserve else gettext("no reserve"),
        "bidding": moment(lot.session.starts_at),
        "defects": lot.defects,
    }


def render(season: Season, lots, now) -> bytes:
    """The catalogue as PDF/A; the same rows at the same moment give the same bytes."""
    data = data_of(season, list(lots[:MOST_LOTS]), now)
    return rendering.render(template="auctions/catalogue", data=data, made_at=now)
