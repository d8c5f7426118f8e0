"""Seasons: founded with the default rules, edited while drafts, led through their stages by an officer."""

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from auctions import agreement_texts, season_defaults
from auctions.lifecycle import ON_PATENT, LotState, SeasonState, SessionState
from auctions.models import LegalForm, Lot, Season, Session
from auctions.rules import is_officer
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

CODE = re.compile(r"(19|20)\d\d[A-Z][1-9]\d?")
TEXTS = ("title_zh_hans", "title_en", "about_zh_hans", "about_en")
AGREEMENT = ("agreement_zh_hans", "agreement_en")
EDITABLE = (*TEXTS, *season_defaults.RULES)
NEEDED = {
    "title_zh_hans": _("Enter the Chinese title."),
    "title_en": _("Enter the English title."),
    "agreement_zh_hans": _("Enter the bidder agreement in Chinese."),
    "agreement_en": _("Enter the bidder agreement in English."),
}
HOUSE = {
    "house_name": _("Enter the name of the auction house."),
    "house_license": _("Enter the license of the auction house (Auction Law Art. 11)."),
    "auctioneer_name": _("Enter the name of the auctioneer (Auction Law Art. 14)."),
}
BOUNDS = {  # smallest, largest
    "deposit_bp": (500, 2000), "window_seconds": (0, 3600), "extension_seconds": (0, 3600), "notice_days": (7, 90),
    "viewing_days": (2, 60), "priority_days": (3, 60), "confirmation_days": (1, 30), "balance_days": (1, 90),
    "public_notice_days": (1, 60), "relist_cut_bp": (0, 2000), "forfeit_platform_bp": (0, 10_000),
    "withdrawal_cost_bp": (0, 500),
}  # fmt: skip
RUNNING = (LotState.ANNOUNCED, LotState.REGISTRATION_OPEN, LotState.LIVE, LotState.PAUSED)


class LotsUnderWay(DomainError):
    """Lots stand in the way of this step."""

    code = "lots_under_way"
    message = _("First bring these lots to an end: {lots}.")


class NoSession(DomainError):
    """Bidding needs a session whose notice is published."""

    code = "no_session"
    message = _("Publish the notice of at least one session first.")


def require_officer(actor) -> None:
    """Raises NotAllowed for everybody but the officers of the province."""
    if not is_officer(actor):
        raise NotAllowed()


def problems(season: Season) -> dict[str, Any]:
    """{field: sentence} of what is wrong with the rules of a season. Sources: Auction Law 11, 14, 45, 48, 56."""
    found: dict[str, Any] = {name: said for name, said in NEEDED.items() if not getattr(season, name)}
    if not CODE.fullmatch(season.code):
        found["code"] = _("Use the year, a capital letter and a number, such as 2026S1.")
    if season.legal_form == LegalForm.HOUSE:
        found |= {name: said for name, said in HOUSE.items() if not getattr(season, name)}
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(season, name) <= most:
            found[name] = _("Enter a number from {least} to {most}.").format(least=least, most=most)
    if not season_defaults.is_table(season.increments, least=1, most=10**15):
        found["increments"] = _("The bounds have to rise, and the last row has none.")
    if not season_defaults.is_table(season.commissions, least=0, most=season_defaults.HIGHEST_COMMISSION_BP):
        found["commissions"] = _("The bounds have to rise, the last row has none, and no rate is above 5 %.")
    if season.max_steps is not None and season.max_steps < 1:
        found["max_steps"] = _("Enter at least 1, or nothing for no limit.")
    if (season.hard_limit is None) != (season.resume_at is None):
        found["resume_at"] = _("Say both when bidding stops for the night and when it goes on.")
    return found


def _check(season: Season) -> None:
    if found := problems(season):
        raise InvalidMany({name: str(said) for name, said in found.items()})


def _fit_agreement(season: Season) -> None:
    """The standard agreement follows the legal form; an agreement in own words stays."""
    if season.legal_form in LegalForm.values:
        fitting = agreement_texts.fitting(season.legal_form, zh_hans=season.agreement_zh_hans, en=season.agreement_en)
        season.agreement_zh_hans, season.agreement_en = fitting.zh_hans, fitting.en


@transaction.atomic
def create_season(*, actor, code: str, title_zh_hans: str, title_en: str, **values: Any) -> Season:
    """Found a season as a draft. Rules that are not named get the defaults. Raises NotAllowed, InvalidMany, Invalid."""
    require_officer(actor)
    chosen = {name: value for name, value in values.items() if name in EDITABLE}
    named = {"code": code, "title_zh_hans": title_zh_hans, "title_en": title_en}
    season = Season(**{**season_defaults.new_season(), **chosen, **named})
    _fit_agreement(season)
    _check(season)
    try:
        with transaction.atomic():
            season.save()
    except IntegrityError as error:
        raise Invalid(_("There is a season with this code."), field="code") from error
    audit.record("auctions.season.founded", subject=season, actor=actor, visibility="private")
    return season


@transaction.atomic
def edit_season(*, season: Season, actor, **values: Any) -> Season:
    """Change a draft: texts and rules. Later only the descriptions may change.

    Raises NotAllowed, NotPossibleNow, InvalidMany, Invalid.
    """
    require_officer(actor)
    season = lock_rows(season)
    chosen = {name: value for name, value in values.items() if name in EDITABLE}
    if not season.permits("edit_rules"):
        raise NotPossibleNow(lifecycle="season", state=season.state, move="edit", label=season.state_label)
    touched = {*chosen, *AGREEMENT}
    before = {name: getattr(season, name) for name in touched}
    for name, value in chosen.items():
        setattr(season, name, value)
    _fit_agreement(season)
    _check(season)
    try:
        with transaction.atomic():
            season.save(update_fields=sorted(touched))
    except IntegrityError as error:
        raise Invalid(_("There is a season with this code."), field="code") from error
    changed = sorted(name for name in touched if before[name] != getattr(season, name))
    audit.record("auctions.season.edited", subject=season, actor=actor, data={"fields": changed}, visibility="private")
    return season


@transaction.atomic
def lead(*, season: Season, move: str, actor, reason: str = "") -> Season:
    """Take the season one stage on, or cancel it: ``move`` is a row of its lifecycle.

    Raises NotAllowed, NotPossibleNow, InvalidMany (announce), NoSession (start_bidding), LotsUnderWay, Invalid.
    """
    season = lock_rows(season)
    if move == "cancel" and not reason.strip():
        raise Invalid(_("Say why the season is cancelled."), field="reason")
    _require_ready(season, move)
    now = database_now()
    fields = {"announced_at": now} if move == "announce" else {}
    hidden = move == "cancel" and season.state == SeasonState.DRAFT
    visibility = "private" if hidden else "public"
    data = {"title": season.title_zh_hans}
    return audit.advance(
        season, move, actor=actor, reason=reason, data=data, visibility=visibility, set=fields, now=now
    )


def _require_ready(season: Season, move: str) -> None:
    """What a stage needs before it may begin."""
    if move == "announce":
        _check(season)
    if move == "start_bidding":
        published = season.sessions.exclude(state__in=[SessionState.PLANNED, SessionState.CANCELLED])
        if not published.exists():
            raise NoSession()
    standing = {"cancel": ON_PATENT, "deliver": RUNNING, "close": ON_PATENT}.get(move)
    if standing is not None:
        _require_none(season.lots.filter(state__in=standing, is_practice=False))


def _require_none(lots) -> None:
    names = [lot.number or lot.title for lot in lots[:5]]
    if names:
        raise LotsUnderWay(lots="、".join(names))


def open_sessions(season: Season):
    """The sessions a selected lot may be put into."""
    return Session.objects.filter(season=season, state=SessionState.PLANNED)


def lots_without_session(season: Season):
    """Selected lots that no session holds yet, in the order of their numbers."""
    return Lot.objects.filter(season=season, state=LotState.SELECTED, session=None, is_practice=False)
