"""Asking a second person: a case in approvals, opened anew or continued where it was returned for correction."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.core import handlers
from foundation.core.errors import DomainError
from foundation.core.refs import Ref

WORKDAYS = 2


class OwnWork(DomainError):
    """Four eyes: whoever had a part in it does not decide about it, in whatever role. The database refuses it too."""

    code, status = "own_work", 403
    message = _("You had a part in this yourself. Another person has to decide about it.")


def require_another(actor: Any, *makers: int | None) -> None:
    """Raises OwnWork where the actor is one of the users named."""
    if actor.user_id is not None and actor.user_id in makers:
        raise OwnWork()


def ask(*, kind: str, subject: Any, title: str, actor: Any, organization: Any = None) -> None:
    """Let somebody else decide about a subject; ``kind`` is the kind of the case ("settlement.payout").

    ``organization`` is whose case it is (default: the actor's own). The decision comes back through the handler
    "review.decided:<kind>". Inside the caller's transaction.
    """
    about = Ref.of(subject)
    again = {"kind": kind, "subject": about, "actor": actor}
    if handlers.has("review.resubmit") and handlers.call("review.resubmit", **again) is not None:
        return
    handlers.call(
        "review.open",
        kind=kind,
        subject=about,
        title=title,
        actor=actor,
        organization=organization or actor.organization,
        city=None,
        workdays=WORKDAYS,
    )
