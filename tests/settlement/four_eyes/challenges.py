"""Acts of two persons in challenges: both checks, an objection to a selection, the acceptance of a milestone."""

from datetime import timedelta
from typing import Any

from approvals.queries import open_review_of
from challenges.models import Opening, Reopening
from challenges.services import checks, milestones, noticing, publishing, reopening
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.errors import NotAllowed
from foundation.core.money import Money
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.factories import judging
from tests.factories.accounts import member, patentee
from tests.settlement.four_eyes.table import Act, Scene


def _formal(_patch: Any) -> Scene:
    maker, cast = member("owner"), make.Cast()
    challenge = checks.submit(challenge=make.draft(cast, maker), actor=maker)
    return Scene(challenge, (maker,), open_review_of(checks.FORMAL, challenge))


def _expert(_patch: Any) -> Scene:
    """Opened by the officer of the formal check; the firm's member is not who decides it either."""
    maker, cast = member("owner"), make.Cast()
    challenge = checks.submit(challenge=make.draft(cast, maker), actor=maker)
    challenge = make.decide(challenge, checks.FORMAL, "approve", cast.officer)
    opinion = checks.ask_opinion(challenge=challenge, expert=make.expert(), actor=cast.officer)
    said = {"is_real": True, "is_testable": True, "is_funded": True, "text": "真实可测"}
    checks.give_opinion(opinion=make.promised(opinion), actor=make.member_of(opinion.expert), **said)
    return Scene(challenge, (cast.officer, maker), open_review_of(checks.EXPERT, challenge))


def _reopening(_patch: Any) -> Scene:
    """A copy was damaged; one officer asked to take proposals again."""
    cast = make.Cast()
    challenge = make.published(cast, member("owner"))
    with clock.at(challenge.closes_at):
        publishing.close_due(challenge=challenge)
        Opening.objects.create(challenge=challenge, begun_at=database_now(), damaged_at=database_now())
        _again(Scene(Reopening(challenge=challenge), ()), cast.officer)
    return Scene(challenge.reopenings.get(), (cast.officer,))


def _again(scene: Scene, actor: Any) -> Any:
    """Decide it; the same decision of the one who asked is no decision and leaves it asked."""
    challenge = scene.subject.challenge
    with clock.at(challenge.closes_at):
        day = local_date(challenge.closes_at) + timedelta(days=7)
        found = reopening.reopen(challenge=challenge, last_day=day, reason="数据损坏", actor=actor)
        if scene.makers and reopening.asked(found) is not None:
            raise NotAllowed()
        return found


def _objection(_patch: Any) -> Scene:
    judged = judging.opened(2)
    with clock.at(judged.challenge.closes_at):
        judging.read(judged).scored(90, 60)
        best, second = judged.proposals
        make.selecting.give_feedback(proposal=second, text="成本偏高。", actor=judged.owner)
        said = {"challenge": judged.challenge, "actor": judged.owner, "reason": ""}
        make.selecting.shortlist(numbers=[best.number], **said)
        make.selecting.select(winners={best.number: Money(4_000_000_00)}, **said | {"challenge": judged.fresh()})
        noticing.give_notice(challenge=judged.fresh(), actor=judged.cast.officer)
        maker = judged.team_of(second)
        return Scene(noticing.object_to(challenge=judged.fresh(), reason="评分有误", actor=maker), (maker,))


def _dismiss(scene: Scene, actor: Any) -> Any:
    """Refuse it; a repeat for one that is decided does nothing and is no decision."""
    return noticing.decide_objection(objection=scene.subject, upheld=False, answer="评分无误", actor=actor)


def _milestone(_patch: Any) -> Scene:
    firm, maker = member("owner"), patentee()
    award = work.running(firm, maker)
    milestone = work.handed_in(award.milestones.get(position=1), maker)
    milestone = milestones.begin_acceptance(milestone=milestone, actor=firm)
    return Scene(milestone, (maker,), also=(firm.organization,))


def _accept(scene: Scene, actor: Any) -> Any:
    measured = {row.pk: ("42", True) for row in scene.subject.award.challenge.indicators.all()}
    said = {"outcome": "accepted", "reason": "已测", "measured": measured}
    return milestones.decide(milestone=scene.subject, actor=actor, **said)


OBJECTION = (
    ("UPDATE challenges_selectionobjection SET decided_at = now(), upheld = false, decided_by_id = {maker} "
     "WHERE id = {pk}", "challenges_nobody_decides_oneself"),
)  # fmt: skip
AGAIN = (
    ("UPDATE challenges_reopening SET confirmed_at = now(), confirmed_by_id = {maker} WHERE id = {pk}",
     "challenges_reopening_two_persons"),
    ("UPDATE challenges_reopening SET confirmed_at = now() WHERE id = {pk}",
     "challenges_reopening_confirmed_by_somebody"),
    ("UPDATE challenges_reopening SET asked_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE challenges_reopening SET last_day = last_day + 9 WHERE id = {pk}", "four eyes"),
)  # fmt: skip
CHALLENGES = (
    Act("a challenge passes the formal check", _formal, kind=checks.FORMAL),
    Act("a challenge is approved", _expert, kind=checks.EXPERT),
    Act("proposals are taken again", _reopening, AGAIN, attempt=_again),
    Act("an objection to a selection is dismissed", _objection, OBJECTION, attempt=_dismiss),
    Act("a milestone is accepted", _milestone, attempt=_accept,
        second=lambda scene: member("owner", organization=scene.subject.award.challenge.owner)),
)  # fmt: skip
