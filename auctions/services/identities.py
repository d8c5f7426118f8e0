"""Who stands behind the paddles: for an officer with a reason, after the end, and every look is history.

Before the end nobody may know (judicial rules on online auctions Art. 18).
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from auctions.models import Lot, Registration
from auctions.queries import suspicions
from auctions.rules import is_officer
from foundation import audit
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.text import clean_text

LONGEST = 500


class StillSecret(DomainError):
    """The bidding is not over."""

    code = "still_secret"
    message = _("Who stands behind the paddles is secret until the bidding has ended.")


@dataclass(frozen=True)
class Look:
    """What one look showed."""

    rows: list[Registration]
    reason: str


@transaction.atomic
def look(*, lot: Lot, reason: str, actor: Any) -> Look:
    """Show an officer who bid on a lot that has ended; the look and its reason stand in the lot's history.

    Raises NotAllowed, StillSecret, Invalid (no reason).
    """
    if not is_officer(actor):
        raise NotAllowed()
    if not suspicions.has_ended(lot):
        raise StillSecret()
    text = clean_text(reason, LONGEST, multiline=True)
    if not text:
        raise Invalid(_("Say why you have to know. The reason stands in the history."), field="reason")
    rows = list(suspicions.behind_paddles(lot))
    facts = {"lot": lot.number, "paddles": [row.paddle for row in rows]}
    audit.record(
        "auctions.lot.identities_seen", subject=lot, actor=actor, visibility="private", data=facts, reason=text
    )
    return Look(rows=rows, reason=text)
