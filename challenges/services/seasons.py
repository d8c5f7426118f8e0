"""List seasons: founded with the default rules, edited while drafts, led through their stages by an officer."""

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from challenges import season_defaults
from challenges.lifecycle import CHALLENGE, ChallengeState
from challenges.models import ListSeason
from challenges.rules import is_officer
from challenges.services import openers
from foundation import audit
from foundation.core.display import enumerated
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

CODE = re.compile(r"(19|20)\d\d[A-Z][1-9]?")
TEXTS = ("title_zh_hans", "title_en", "about_zh_hans", "about_en")
TARGETS = ("target_published", "target_proposals", "target_contracted", "call_ends_at")
EDITABLE = (*TEXTS, *TARGETS, *season_defaults.RULES)
NEEDED = {
    "title_zh_hans": _("Enter the Chinese title."),
    "title_en": _("Enter the English title."),
    "nda_zh_hans": _("Enter the non-disclosure agreement in Chinese."),
    "nda_en": _("Enter the non-disclosure agreement in English."),
    "commitment_zh_hans": _("Enter the commitment letter in Chinese."),
    "commitment_en": _("Enter the commitment letter in English."),
}
BOUNDS = {  # smallest, largest
    "escrow_bp": (2000, 10_000), "least_open_days": (15, 365), "questions_end_days": (1, 60), "panel_size": (3, 15),
    "reserve_experts": (0, 10), "invitation_days": (1, 20), "most_winners": (1, 5), "notice_days": (5, 7),
    "contract_days": (5, 60), "rework_times": (0, 2), "acceptance_days": (5, 60),
}  # fmt: skip
STANDING = tuple(state for state in ChallengeState if state not in CHALLENGE.final and state != ChallengeState.DRAFT)


class ChallengesUnderWay(DomainError):
    """Challenges stand in the way of this step."""

    code = "challenges_under_way"
    message = _("First bring these challenges to an end: {challenges}.")


class OpenersMissing(DomainError):
    """Without openers nothing can be sealed."""

    code = "openers_missing"
    message = _("Give out the keys of all three openers first: {missing}.")


def require_officer(actor) -> None:
    """Raises NotAllowed for everybody but the officers of the province."""
    if not is_officer(actor):
        raise NotAllowed()


def problems(season: ListSeason) -> dict[str, Any]:
    """{field: sentence} of what is wrong with the rules of a season."""
    found: dict[str, Any] = {name: said for name, said in NEEDED.items() if not getattr(season, name)}
    if not CODE.fullmatch(season.code):
        found["code"] = _("Use the year and a capital letter, such as 2026A.")
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(season, name) <= most:
            found[name] = _("Enter a number from {least} to {most}.").format(least=least, most=most)
    if "least_open_days" not in found and season.questions_end_days >= season.least_open_days:
        found["questions_end_days"] = _("Questions end before the proposals do.")
    return found


def _save(season: ListSeason, fields: list[str] | None) -> None:
    """Raises InvalidMany, Invalid."""
    if found := problems(season):
        raise InvalidMany({name: str(said) for name, said in found.items()})
    try:
        with transaction.atomic():
            season.save(update_fields=fields)
    except IntegrityError as error:
        raise Invalid(_("There is a list season with this code."), field="code") from error


@transaction.atomic
def create_season(*, actor, **values: Any) -> ListSeason:
    """Found a season as a draft. Rules that are not named get the defaults. Raises NotAllowed, InvalidMany, Invalid."""
    require_officer(actor)
    chosen = {name: value for name, value in values.items() if name in EDITABLE}
    season = ListSeason(**{**season_defaults.new_season(), **chosen})
    _save(season, None)
    audit.record("challenges.listseason.founded", subject=season, actor=actor, visibility="private")
    return season


@transaction.atomic
def edit_season(*, season: ListSeason, actor, **values: Any) -> ListSeason:
    """Change a draft: texts, targets and rules. Raises NotAllowed, NotPossibleNow, InvalidMany, Invalid."""
    require_officer(actor)
    season = lock_rows(season)
    if not season.permits("edit_rules"):
        raise NotPossibleNow(lifecycle="list season", state=season.state, move="edit", label=season.state_label)
    chosen = {name: value for name, value in values.items() if name in EDITABLE}
    changed = sorted(name for name, value in chosen.items() if getattr(season, name) != value)
    for name, value in chosen.items():
        setattr(season, name, value)
    _save(season, list(chosen))
    facts = {"fields": changed}
    audit.record("challenges.listseason.edited", subject=season, actor=actor, data=facts, visibility="private")
    return season


@transaction.atomic
def lead(*, season: ListSeason, move: str, actor, reason: str = "") -> ListSeason:
    """Take the season one stage on, or cancel it: ``move`` is a row of its lifecycle.

    Raises NotAllowed, NotPossibleNow, InvalidMany, OpenersMissing (collect), ChallengesUnderWay, Invalid.
    """
    season = lock_rows(season)
    if move == "cancel" and not reason.strip():
        raise Invalid(_("Say why the list season is cancelled."), field="reason")
    if move == "collect":
        _save(season, [])
        if missing := openers.missing_parts(season):
            raise OpenersMissing(missing=enumerated(str(part.label) for part in missing))
    if move in ("cancel", "close"):
        names = [str(one) for one in season.challenges.filter(state__in=STANDING)[:5]]
        if names:
            raise ChallengesUnderWay(challenges=enumerated(names))
    hidden = season.state == "draft" and move == "cancel"
    visibility = "private" if hidden else "public"
    return audit.advance(season, move, actor=actor, reason=reason, visibility=visibility)
