"""Asking a second person: a case in approvals, opened anew or continued where it was returned for correction."""

from typing import Any

from foundation.core import handlers
from foundation.core.refs import Ref

WORKDAYS = 2


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
