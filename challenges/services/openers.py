"""Keys of the openers: handed out once, replaced when lost, never kept.

Lost share: the two others open together. Two lost before the opening: nobody can read the proposals any more; the
deadline is extended and every team submits again by its own receipt (docs/operations/opening.md).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from challenges import sealing
from challenges.models import Challenge, ListSeason, OpenerKey
from challenges.rules import is_officer
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed
from foundation.core.locking import lock_rows

PARTS = {  # who may hold which part: role of the membership
    OpenerKey.Part.OFFICER: ("provincial_officer",),
    OpenerKey.Part.SUPERVISOR: ("auditor",),
    OpenerKey.Part.CUSTODIAN: ("finance", "superuser"),
}


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A new key and the file with its private half: shown to its holder now and never again."""

    key: OpenerKey
    share: str


def missing_parts(season: ListSeason) -> list[OpenerKey.Part]:
    """The parts of a season that nobody holds a key for."""
    held = set(season.opener_keys.filter(retired_at=None).values_list("part", flat=True))
    return [part for part in OpenerKey.Part if part not in held]


def part_for(actor) -> OpenerKey.Part | None:
    """The part that somebody's role may hold."""
    return next((part for part, roles in PARTS.items() if getattr(actor, "role", "") in roles), None)


@transaction.atomic
def take_key(*, season: ListSeason, passphrase: str, actor) -> HandedOut:
    """Make the actor's own key for a season. A key held so far by this part is retired: copies sealed for it stay.

    Raises NotAllowed, Invalid (passphrase too short, holder of another part).
    """
    part = part_for(actor)
    if part is None:
        raise NotAllowed()
    if len(passphrase) < sealing.PASSPHRASE_LENGTH:
        least = sealing.PASSPHRASE_LENGTH
        raise Invalid(_("Use a passphrase of at least {least} characters."), field="passphrase", least=least)
    season, now = lock_rows(season), database_now()
    season.opener_keys.filter(part=part, retired_at=None).update(retired_at=now)
    public, share = sealing.new_share(passphrase)
    try:
        with transaction.atomic():
            key = OpenerKey.objects.create(
                season=season,
                part=part,
                holder_id=actor.user_id,
                public_key=public,
                fingerprint=sealing.fingerprint(public),
            )
    except IntegrityError as error:
        raise Invalid(_("You hold another part of this season already."), field="passphrase") from error
    facts = {"part": str(part), "fingerprint": key.fingerprint}
    audit.record("challenges.listseason.key_taken", subject=season, actor=actor, data=facts, visibility="public")
    return HandedOut(key, share)


@transaction.atomic
def retire_key(*, key: OpenerKey, actor, reason: str) -> OpenerKey:
    """A share is lost or told: what is sealed from now on is not sealed for it. Raises NotAllowed, Invalid."""
    if not is_officer(actor) and actor.user_id != key.holder_id:
        raise NotAllowed()
    if not reason.strip():
        raise Invalid(_("Say what happened to the share."), field="reason")
    key = lock_rows(key)
    if key.retired_at is None:
        key.retired_at = database_now()
        key.save(update_fields=["retired_at"])
        facts = {"part": key.part, "fingerprint": key.fingerprint}
        told = {"actor": actor, "reason": reason, "data": facts, "visibility": "public"}
        audit.record("challenges.listseason.key_retired", subject=key.season, **told)
    return key


def two_lost(challenge: Challenge) -> bool:
    """Whether something sealed for this challenge may have fewer than two keys left that are not lost.

    Told by the keys in force while proposals were taken: to look at the copies would tell that there are some.
    """
    keys = list(challenge.season.opener_keys.all())
    again = challenge.reopenings.aggregate(last=Max("confirmed_at"))["last"]
    since, until = max(filter(None, (challenge.published_at, again))), challenge.closes_at
    changes = [at for key in keys for at in (key.created_at, key.retired_at) if at and since < at < until]
    return any(_too_few_left(keys, at) for at in [since, *changes])


def _too_few_left(keys: list[OpenerKey], at: datetime) -> bool:
    """Whether of the keys in force at a moment too few are left to open what was sealed for them."""
    in_force = [key for key in keys if key.created_at <= at and (key.retired_at is None or key.retired_at > at)]
    left = [key for key in in_force if key.retired_at is None]
    return len(left) < sealing.LEAST_OPENERS <= len(in_force)


def public_keys(season: ListSeason) -> list[str]:
    """The public halves that a new copy is sealed for."""
    return list(season.opener_keys.filter(retired_at=None).values_list("public_key", flat=True))
