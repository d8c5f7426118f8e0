"""What the matrix needs of the list: seasons, challenges and their drafts."""

from typing import Any

from accounts.models import Membership
from challenges.models import Expert, ListSeason
from challenges.services import checks, rooms, seasons
from tests.factories import challenges as made
from tests.factories.challenges import Cast
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

DRAFT = "1999Z"


def season_draft(cast: Cast) -> ListSeason:
    """A season that only officers see; made once."""
    found = ListSeason.objects.filter(code=DRAFT).first()
    titles = {"title_zh_hans": "筹备中的榜单", "title_en": "A list to come"}
    return found or seasons.create_season(actor=cast.officer, code=DRAFT, **titles)


def acting_expert() -> Expert:
    """The expert by whom the matrix asks, in the pool."""
    person = Membership.objects.filter(role="expert").order_by("pk").first()
    Expert.objects.filter(user=person.user).update(is_active=True)
    return Expert.objects.filter(user=person.user).first() or made.expert(person)


def with_papers(cast: Cast, actor: Any) -> tuple[Any, dict[str, int]]:
    """A complete draft with a public document and a confidential annex."""
    draft, kept = made.draft(cast, actor), {}
    for name, secret in (("public", False), ("secret", True)):
        papers = {"upload": upload(paper(), "p.png"), "title": "资料", "is_confidential": secret}
        kept[name] = rooms.add_attachment(challenge=draft, actor=actor, **papers).pk
    return draft, kept


def added(cast: Cast, actor: Any, other: Any) -> dict[str, Any]:
    """Objects of the side of ``actor``; ``other`` is the party across from it."""
    draft, papers = with_papers(cast, actor)
    listed = made.through_the_checks(cast, actor, draft)
    question = rooms.ask(challenge=listed, text="是否可以联合揭榜？", actor=other)
    complete, annexed = with_papers(cast, actor)
    sent = checks.submit(challenge=complete, actor=actor)
    asking = {"expert": acting_expert(), "actor": cast.officer}
    opinion = made.promised(checks.ask_opinion(challenge=sent, **asking))
    unread = checks.submit(challenge=made.draft(cast, actor), actor=actor)
    draft, drafted = with_papers(cast, actor)
    return {
        "list_season_draft": season_draft(cast).code,
        "list_challenge": listed.number,
        "list_public_file": papers["public"],
        "list_secret_file": papers["secret"],
        "list_question": question.pk,
        "list_draft": draft.pk,
        "list_draft_file": drafted["public"],
        "list_submitted": sent.pk,
        "list_opinion": opinion.pk,
        "list_opinion_asked": checks.ask_opinion(challenge=unread, **asking).pk,
        "list_opinion_file": annexed["secret"],
    }
