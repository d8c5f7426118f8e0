"""What the matrix needs of proposals, the openers of a season and the opening."""

from typing import Any

from challenges import texts
from challenges.models import Challenge, OpenerKey
from challenges.services import opening_papers, proposal_drafts, proposing
from foundation.core import clock
from tests.factories import challenges as make
from tests.factories.challenges import Cast
from tests.journeys.cast import paper
from tests.patents.portfolio import upload


def added(cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """Objects of the side of ``actor``; ``other`` is the party across from it.

    Challenges of the other party: one with a draft of the actor's, one with a sealed proposal, one that was opened.
    """
    challenge, sealed, done = (make.published(cast, other) for _n in range(3))
    draft = proposing.start(challenge=challenge, actor=actor)
    proposal_drafts.save_draft(proposal=draft, content=make.content(team=actor), version=0, actor=actor)
    file = proposal_drafts.add_file(proposal=draft, upload=upload(paper(), "p.png"), actor=actor)
    opened = proposing.start(challenge=done, actor=actor)
    proposal_drafts.save_draft(proposal=opened, content=make.content(team=actor), version=0, actor=actor)
    proposal_drafts.add_file(proposal=opened, upload=upload(paper(), "p.png"), actor=actor)
    pinned = texts.sha256_of(done.season, texts.COMMITMENT)
    proposing.submit(proposal=opened, commitment_sha256=pinned, actor=actor)
    with clock.at(done.closes_at):
        make.opened(cast, done)
    opened.refresh_from_db()
    opening_papers.make_record(challenge=opened.challenge)
    return {
        "challenge_open": challenge.number,
        "challenge_opened": Challenge.objects.get(pk=done.pk).number,
        "proposal_draft": draft.key,
        "proposal_file": file.key,
        "proposal_sealed": make.submitted(sealed, actor).proposal.key,
        "proposal_opened": opened.number,
        "proposal_attachment": opened.opened.files.get().pk,
        "opener_key": OpenerKey.objects.get(season=cast.season, part="custodian", retired_at=None).pk,
    }
