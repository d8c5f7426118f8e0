"""Talks with shortlisted teams and visits to their sites: noted, kept, and known to the team by day and kind."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import Proposal, TalkNote
from challenges.rules import may_publish
from challenges.services.impartial import require_officer_of
from foundation import audit
from foundation.core.clock import database_now, local_date
from foundation.core.errors import Invalid, NotPossibleNow
from foundation.core.locking import lock_rows


@transaction.atomic
def note(*, proposal: Proposal, kind: str, held_on: date, participants: str, text: str, actor) -> TalkNote:
    """Write a talk or a visit down: the firm or an officer, while its challenge is shortlisted; never changed after.

    Raises NotAllowed, NotPossibleNow, Invalid.
    """
    challenge, proposal = lock_rows(proposal.challenge, proposal)
    own = may_publish(actor) and actor.organization_id == challenge.owner_id
    if not own:
        require_officer_of(challenge, actor)
    if not challenge.permits("talk") or not proposal.permits("talk"):
        label = proposal.state_label
        raise NotPossibleNow(lifecycle="proposal", state=proposal.state, move="talk", label=label)
    now = database_now()
    if kind not in TalkNote.Kind.values:
        raise Invalid(_("Choose what it was."), field="kind")
    if not local_date(challenge.state_since) <= held_on <= local_date(now):
        raise Invalid(_("Choose a day between the shortlist and today."), field="held_on")
    if not participants.strip():
        raise Invalid(_("Name who took part."), field="participants")
    if not text.strip():
        raise Invalid(_("Write down what was found."), field="text")
    made = TalkNote.objects.create(
        proposal=proposal, kind=kind, held_on=held_on, participants=participants.strip()[:500],
        text=text.strip()[:4000], written_by_id=actor.user_id, written_at=now,
    )  # fmt: skip
    facts = {"kind": kind, "held_on": held_on}
    parties = [proposal.organization_id, challenge.owner_id]
    audit.record("challenges.proposal.talked", subject=proposal, actor=actor, data=facts, parties=parties, now=now)
    return made
