"""Before an asked expert reads a challenge: no conflict of interest, and a signed promise to keep it secret.

Until then the expert knows the title, the firm and the field, which is what it takes to know of a conflict.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges import texts
from challenges.lifecycle import IN_CHECK
from challenges.models import Conflict, Opinion
from challenges.services import conflicts
from challenges.services.rooms import TextChanged
from foundation import audit
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows


class PromiseFirst(DomainError):
    """Nobody says anything about what they may not have read."""

    code = "promise_first"
    message = _("First say that you know of no conflict, and promise to keep secret what you read.")


def waits(opinion: Opinion) -> bool:
    """Whether the expert still has to answer: what was asked about is in the check and was not corrected since."""
    if opinion.given_at is not None or opinion.declined_at is not None:
        return False
    return opinion.challenge.state in IN_CHECK and opinion.round == opinion.challenge.check_round


def _waiting(opinion: Opinion, actor) -> Opinion:
    """The expert's own opinion, locked, which is still asked for. Raises NotAllowed, NotPossibleNow."""
    opinion = lock_rows(opinion)
    if actor is None or actor.user_id != opinion.expert.user_id:
        raise NotAllowed()
    if not waits(opinion):
        challenge = opinion.challenge
        raise NotPossibleNow(lifecycle="opinion", state=challenge.state, move="answer", label=challenge.state_label)
    return opinion


@transaction.atomic
def promise(*, opinion: Opinion, sha256: str, actor) -> Opinion:
    """Declare no conflict and sign the promise that was read (``sha256`` of `texts`); then the challenge can be read.

    What the rules find against the expert by now ends the request instead. A repeat changes nothing. Raises
    NotAllowed, NotPossibleNow, TextChanged.
    """
    opinion = _waiting(opinion, actor)
    if opinion.promised_at is not None:
        return opinion
    if sha256 != texts.promise_sha256():
        raise TextChanged()
    if rows := conflicts.found(opinion.challenge, opinion.expert):
        return _step_back(opinion, rows[0][1], str(_("Found by comparing names")), actor)
    opinion.promised_at, opinion.promise_sha256 = database_now(), sha256
    opinion.save(update_fields=["promised_at", "promise_sha256"])
    _record("opinion_promised", opinion, actor, sha256=sha256)
    return opinion


@transaction.atomic
def decline(*, opinion: Opinion, reason: str, actor) -> Opinion:
    """Step back for a conflict, before reading or while one reads; another expert is asked.

    The expert sits on no panel of the challenge either. Raises NotAllowed, NotPossibleNow, Invalid.
    """
    opinion = _waiting(opinion, actor)
    if not reason.strip():
        raise Invalid(_("Say what the conflict is."), field="reason")
    return _step_back(opinion, Conflict.Kind.DECLARED, reason.strip(), actor)


def _step_back(opinion: Opinion, kind: str, reason: str, actor) -> Opinion:
    party = {"expert": opinion.expert, "challenge": opinion.challenge, "proposal": None, "kind": kind}
    Conflict.objects.get_or_create(**party, defaults={"reason": reason[:500]})
    opinion.declined_at = database_now()
    opinion.save(update_fields=["declined_at"])
    _record("opinion_declined", opinion, actor, reason=reason)
    return opinion


def _record(verb: str, opinion: Opinion, actor, reason: str = "", **facts: Any) -> None:
    """For the administration alone: nobody else learns who was asked."""
    said: dict[str, Any] = {"reason": reason, "data": {"expert": opinion.expert_id, **facts}, "visibility": "private"}
    audit.record(f"challenges.challenge.{verb}", subject=opinion.challenge, actor=actor, **said)
