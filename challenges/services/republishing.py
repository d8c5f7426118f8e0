"""A challenge that found nobody is begun anew: a draft with everything the old one said, but for its deadline.

One for which no proposal came ends with that and its escrow goes back: the new one is checked and secured from the
beginning. Both pages name each other as soon as the new one is published.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import ChallengeState
from challenges.models import Attachment, Challenge, ListSeason
from challenges.rules import may_publish
from challenges.services import drafting, publishing
from foundation import audit
from foundation.core.errors import DomainError, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows

C = ChallengeState
FOUND_NOBODY = (C.NO_PROPOSAL, C.NO_AWARD, C.CANCELLED, C.FAILED, C.TERMINATED)
KEPT = tuple(name for names in drafting.COLUMNS.values() for name in names if name != "deadline_date")
NOT_COPIED = ("id", "challenge_id")


class AlreadyRepublished(DomainError):
    """One new challenge at a time."""

    code = "already_republished"
    message = _("It was begun anew already: go on with that draft.")


def possible(challenge: Challenge, actor) -> bool:
    """Whether this member may begin the challenge anew now, leaving aside whether a season takes challenges."""
    own = may_publish(actor) and actor.organization_id == challenge.owner_id
    return own and _is_over(challenge) and not _again(challenge)


def _is_over(challenge: Challenge) -> bool:
    return challenge.state in FOUND_NOBODY and challenge.published_at is not None


def _again(challenge: Challenge) -> bool:
    return challenge.republished_as.exclude(state__in=[C.REFUSED, C.CANCELLED]).exists()


@transaction.atomic
def republish(*, challenge: Challenge, season: ListSeason, actor) -> Challenge:
    """Begin a draft in a season, filled from a challenge that found nobody; the draft.

    Raises NotAllowed, NotVerified, NotPossibleNow, AlreadyRepublished, SeasonClosed.
    """
    challenge = lock_rows(challenge)
    if not may_publish(actor) or actor.organization_id != challenge.owner_id:
        raise NotAllowed()
    if not _is_over(challenge):
        label = challenge.state_label
        raise NotPossibleNow(lifecycle="challenge", state=challenge.state, move="republish", label=label)
    if _again(challenge):
        raise AlreadyRepublished()
    made = drafting.start_challenge(season=season, title_zh_hans=challenge.title_zh_hans, actor=actor)
    _fill(made, challenge)
    facts = {"season": made.season.code}
    told = {"actor": actor, "data": facts, "parties": [challenge.owner_id]}
    audit.record("challenges.challenge.republished", subject=challenge, **told)
    if challenge.state == C.NO_PROPOSAL:
        publishing.end_without(challenge=challenge, actor=actor)
    return made


def _fill(made: Challenge, old: Challenge) -> None:
    """Columns, rows and files of the old challenge."""
    for name in KEPT:
        setattr(made, name, getattr(old, name))
    made.republished_from = old
    made.save(update_fields=[*KEPT, "republished_from"])
    for model, related in drafting.ROWS.values():
        getattr(made, related).all().delete()
        rows = getattr(old, related).values()
        model.objects.bulk_create(_copy(model, row, made) for row in rows)
    for file in old.attachments.all():
        values = {"title": file.title, "is_confidential": file.is_confidential, "position": file.position}
        Attachment.objects.create(challenge=made, file_id=file.file_id, **values)


def _copy(model, row: dict, made: Challenge):
    return model(challenge=made, **{name: value for name, value in row.items() if name not in NOT_COPIED})
