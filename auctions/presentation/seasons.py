"""How seasons and sessions are shown: stages, rules, dates with their zone."""

from django.urls import reverse
from django.utils.translation import gettext

from auctions import wording
from auctions.lifecycle import SEASON, SeasonState
from auctions.models import Season, Session
from foundation.core.display import day, last_moment, listed, moment, money

STAGES = (
    SeasonState.COLLECTING,
    SeasonState.SELECTING,
    SeasonState.PROMOTING,
    SeasonState.BIDDING,
    SeasonState.DELIVERY,
    SeasonState.TRACKING,
)
ORDER = (SeasonState.DRAFT, SeasonState.ANNOUNCED, *STAGES, SeasonState.CLOSED)
PERCENT = 100


def percent(bp: int) -> str:
    """Basis points as people read them: 2.5 %."""
    whole, rest = divmod(bp, PERCENT)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def steps(season: Season) -> list[dict]:
    """The stages of a season for the bar of steps."""
    if season.state == SeasonState.CANCELLED:
        return []
    here = ORDER.index(SeasonState(season.state))
    made = []
    for stage in STAGES:
        place = ORDER.index(stage)
        state = "done" if place < here else "current" if place == here else "todo"
        made.append({"label": gettext(SEASON.label(stage)), "state": state})
    return made


def conductor(season: Season) -> str:
    """Who conducts it, in the words of its legal form."""
    words = wording.of(season)
    if season.house_name:
        return f"{words['conductor']}: {season.house_name} ({season.house_license})"
    return str(words["conductor"])


def _bands(rows, value) -> list[str]:
    """A table of bounds as lines: “up to ¥100,000.00: …”."""
    made = []
    for bound, given in rows:
        words = {"bound": money(bound) if bound is not None else "", "value": value(given)}
        made.append(
            gettext("above that: %(value)s") % words
            if bound is None and len(rows) > 1
            else gettext("always: %(value)s") % words
            if bound is None
            else gettext("below %(bound)s: %(value)s") % words
        )
    return made


def increments(season: Season) -> list[str]:
    """The increments by start price."""
    return _bands(season.increments, money)


def commissions(season: Season) -> list[str]:
    """The buyer's commission: each rate counts for its own slice of the price."""
    return _bands(season.commissions, percent)


def rules(season: Season) -> list[dict]:
    """The rules of a season as label and value."""
    words = wording.of(season)
    rows = [
        (gettext("Form"), str(words["event"]), conductor(season)),
        (gettext("Deposit"), gettext("%(rate)s of the start price") % {"rate": percent(season.deposit_bp)}, ""),
        (gettext("Increment by start price"), listed(increments(season)), _most(season)),
        (gettext("Buyer's commission by slices of the price"), listed(commissions(season)), ""),
        (gettext("Late bids"), _extension(season), _limit(season)),
        (gettext("Notice and viewing"), gettext("notice at least %(n)d days before the start") % {
            "n": season.notice_days}, gettext("viewing at least %(n)d days") % {"n": season.viewing_days}),
        (gettext("After the hammer"), gettext("confirmation within %(n)d working days") % {
            "n": season.confirmation_days}, gettext("balance within %(n)d working days") % {"n": season.balance_days}),
        (gettext("Withdrawal by the seller after the notice"),
         gettext("%(rate)s of the start price") % {"rate": percent(season.withdrawal_cost_bp)}, ""),
        (gettext("First rights"), gettext("answer within %(n)d working days") % {"n": season.priority_days}, ""),
    ]  # fmt: skip
    if season.auctioneer_name:
        rows.insert(1, (gettext("Auctioneer"), season.auctioneer_name, season.auctioneer_license))
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def _most(season: Season) -> str:
    if season.max_steps is None:
        return ""
    return gettext("at most %(n)d increments in one bid") % {"n": season.max_steps}


def _extension(season: Season) -> str:
    return gettext("a bid in the last %(window)s minutes moves the end to %(extension)s minutes after it") % {
        "window": season.window_seconds // 60,
        "extension": season.extension_seconds // 60,
    }


def _limit(season: Season) -> str:
    if season.hard_limit is None:
        return ""
    return gettext("no bidding after %(stop)s; it goes on at %(resume)s the next morning (China time)") % {
        "stop": season.hard_limit.strftime("%H:%M"),
        "resume": season.resume_at.strftime("%H:%M"),
    }


def dates(session: Session, *, zone: bool = False) -> list[dict]:
    """The dates of a session; a card names the zone once for all, so that they stand on one line each."""
    viewing = gettext("%(first)s to %(last)s") % {
        "first": day(session.viewing_from),
        "last": day(session.viewing_until),
    }
    rows = [
        (
            gettext("Notice published"),
            moment(session.notice_at, zone=zone) if session.notice_at else gettext("not yet"),
        ),
        (gettext("Viewing"), viewing),
        (gettext("Registration and deposit until"), last_moment(session.registration_until_at, zone=zone)),
        (gettext("Bidding starts"), moment(session.starts_at, zone=zone)),
        (gettext("Bidding ends, unless extended"), moment(session.planned_ends_at, zone=zone)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def crumbs(season: Season, last: str = "") -> list[dict]:
    """The way to a page of a season."""
    made = [{"label": gettext("Auctions"), "url": reverse("auctions:season_list")}]
    made.append({"label": season.title, "url": season.get_absolute_url() if last else ""})
    return [*made, {"label": last}] if last else made
