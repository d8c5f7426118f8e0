"""A challenge in the making: begun for a season by a verified firm, filled part by part, kept while one types."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges import season_defaults
from challenges.lifecycle import ChallengeState
from challenges.models import Challenge, Conflict, Criterion, Indicator, ListSeason, PlannedPayment
from challenges.rules import may_publish
from challenges.services.draft_checks import PARTS, part_problems
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, InvalidMany, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.jobs import drafts

KIND = "challenges.challenge"
MOST_ROWS = 20
COLUMNS = {
    "problem": ("title_zh_hans", "title_en", "problem_zh_hans", "problem_en", "background", "ipc", "industry"),
    "indicators": (),
    "payment": ("bounty_fen",),
    "terms": (
        "eligibility", "mode", "ownership", "ownership_terms", "most_winners", "gate_milestone", "deadline_date",
        "contact_name", "contact_phone",
    ),
    "rubric": (),
}  # fmt: skip
ROWS = {
    "indicators": (Indicator, "indicators"),
    "payment": (PlannedPayment, "payments"),
    "rubric": (Criterion, "criteria"),
}


class SeasonClosed(DomainError):
    """The season takes no challenges (any more)."""

    code, field = "season_closed", "season"
    message = _("This season takes no challenges now: {state}.")


class NotVerified(DomainError):
    """Firms with a problem are known by their real names."""

    code = "not_verified"
    message = _("Your organization has to be verified before it publishes a challenge.")


def require_editor(challenge: Challenge, actor) -> None:
    """Raises NotAllowed, NotPossibleNow."""
    if not may_publish(actor) or actor.organization_id != challenge.owner_id:
        raise NotAllowed()
    if not challenge.permits("edit"):
        label = gettext(challenge.state_label)
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="edit", label=label)


@transaction.atomic
def start_challenge(*, season: ListSeason, title_zh_hans: str, actor) -> Challenge:
    """Begin a challenge with the usual rubric. Raises NotAllowed, NotVerified, SeasonClosed, Invalid."""
    if not may_publish(actor):
        raise NotAllowed()
    if not actor.organization.is_verified:
        raise NotVerified()
    season = lock_rows(season, share=True)
    if not season.permits("propose"):
        raise SeasonClosed(state=season.state_label)
    if not title_zh_hans.strip():
        raise Invalid(_("Enter the Chinese title."), field="title_zh_hans")
    challenge = Challenge.objects.create(
        season=season,
        owner_id=actor.organization_id,
        drafted_by_id=actor.user_id,
        title_zh_hans=title_zh_hans.strip()[:300],
    )
    for position, (chinese, english, weight) in enumerate(season_defaults.CRITERIA, 1):
        Criterion.objects.create(
            challenge=challenge, position=position, name_zh_hans=chinese, name_en=english, weight_bp=weight
        )
    facts = {"season": season.code}
    audit.record(
        "challenges.challenge.drafted", subject=challenge, actor=actor, data=facts, parties=[challenge.owner_id]
    )
    return challenge


@transaction.atomic
def save_part(
    *,
    challenge: Challenge,
    part: str,
    values: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]] = (),
    actor,
    version: int | None = None,
) -> Challenge:
    """Keep a finished part: its columns, and its rows (indicators, payments, criteria) as a whole.

    ``version`` is that of the draft the page was made from, where a page was. Raises InvalidMany (all fields),
    DraftStale, NotAllowed, NotPossibleNow, Invalid.
    """
    challenge = lock_rows(challenge)
    require_editor(challenge, actor)
    if part not in PARTS:
        raise Invalid(field="part")
    for name in COLUMNS[part]:
        if name in values:
            setattr(challenge, name, values[name])
    if part in ROWS:
        _replace_rows(challenge, part, rows)
    if found := part_problems(challenge, part, local_date(database_now())):
        raise InvalidMany({name: gettext(str(said)) for name, said in found.items()})
    if COLUMNS[part]:
        challenge.save(update_fields=list(COLUMNS[part]))
    _saved(challenge, part, version, actor)
    return challenge


def _replace_rows(challenge: Challenge, part: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if len(rows) > MOST_ROWS:
        raise Invalid(_("At most {most} rows."), field="rows", most=MOST_ROWS)
    model, related = ROWS[part]
    getattr(challenge, related).all().delete()
    for position, row in enumerate(rows, 1):
        model.objects.create(challenge=challenge, position=position, **row)


def problems(challenge: Challenge, today: date) -> dict[str, dict[str, Any]]:
    """{part: {field: sentence}} of what is missing before it can be submitted."""
    found = {part: part_problems(challenge, part, today) for part in PARTS}
    return {part: wrong for part, wrong in found.items() if wrong}


def draft_of(challenge: Challenge):
    """What was typed and not saved yet, by part; everybody of the firm shares it."""
    return drafts.open_draft(organization_id=challenge.owner_id, kind=KIND, key=str(challenge.pk))


@transaction.atomic
def autosave(*, challenge: Challenge, part: str, typed: dict[str, Any], version: int, actor):
    """Keep what was typed so far, right or wrong. Returns the Draft. Raises DraftStale, NotAllowed, NotPossibleNow."""
    require_editor(challenge, actor)
    draft = lock_rows(draft_of(challenge))
    kept = {**draft.data.get("typed", {}), part: typed}
    return drafts.save(draft=draft, data={**draft.data, "typed": kept}, version=version, actor=actor)


def _saved(challenge: Challenge, part: str, version: int | None, actor) -> None:
    """What was typed in the part is dropped; a page made from this version is outdated now. Raises DraftStale."""
    draft = lock_rows(draft_of(challenge))
    typed = {name: kept for name, kept in draft.data.get("typed", {}).items() if name != part}
    data = {**draft.data, "typed": typed}
    if version is not None:
        drafts.save(draft=draft, data=data, version=version, actor=actor)
    elif data != draft.data:
        draft.data = data
        draft.save(update_fields=["data"])


@transaction.atomic
def discard(*, challenge: Challenge, actor) -> None:
    """Throw away a draft, also one that was taken back from the check. Raises NotAllowed, NotPossibleNow."""
    challenge = lock_rows(challenge)
    require_editor(challenge, actor)
    if challenge.state != ChallengeState.DRAFT or challenge.number:
        label = gettext(challenge.state_label)
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="delete", label=label)
    audit.record("challenges.challenge.discarded", subject=challenge, actor=actor, parties=[challenge.owner_id])
    drafts.discard(draft=draft_of(challenge))
    challenge.attachments.all().delete()
    Conflict.objects.filter(challenge=challenge).delete()
    challenge.opinions.all().delete()  # that an expert was asked, and said something, stays in the history
    challenge.delete()
