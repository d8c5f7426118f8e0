"""One challenge of the demo step by step, each at its own moment, through the services that people use."""

from datetime import datetime, timedelta

from accounts.models import Membership
from approvals import services as approvals
from approvals.queries import open_review_of
from challenges import texts
from challenges.models import Challenge, ListSeason, Proposal
from challenges.services import (
    checks,
    drafting,
    noticing,
    opinions,
    proposal_drafts,
    proposing,
    scores,
    selecting,
)
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from local.demo import uptakes
from local.demo.challenges import people
from local.demo.challenges.table import Row

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN_DAYS = 31
FEEDBACK = "方案可行，成本与工期高于入选方案。"
OBJECTION = "入选方案的气味等级数据未注明测试温度，请核实其是否按榜题指标测试。"


def draft(row: Row, season: ListSeason, at: datetime) -> Challenge:
    """The firm writes it, complete."""
    firm = people.owner(row.owner)
    with clock.at(at):
        made = drafting.start_challenge(season=season, title_zh_hans=row.title_zh, actor=firm)
        problem = {"problem_zh_hans": row.problem_zh, "problem_en": row.problem_en, "title_en": row.title_en,
                   "ipc": [row.ipc.replace(" ", "")], "industry": firm.organization.industry}  # fmt: skip
        drafting.save_part(challenge=made, part="problem", values=problem, actor=firm)
        names = ("name", "comparison", "target", "unit", "method", "must")
        rows = [dict(zip(names, one, strict=True)) for one in row.indicators]
        drafting.save_part(challenge=made, part="indicators", values={}, rows=rows, actor=firm)
        plan = [{"months": months, "deliverable": text, "share_bp": bp} for months, text, bp in row.payments]
        money = {"bounty_fen": row.bounty_fen}
        drafting.save_part(challenge=made, part="payment", values=money, rows=plan, actor=firm)
        terms = {"eligibility": "具备相应研究条件的单位均可揭榜。", "deadline_date": local_date(at) + OPEN_DAYS * DAY,
                 "contact_name": firm.user.name, "contact_phone": "025-86000000"}  # fmt: skip
        return drafting.save_part(challenge=made, part="terms", values=terms, actor=firm)


def submit(made: Challenge, row: Row, at: datetime) -> Challenge:
    """Submitted for the formal check."""
    with clock.at(at):
        return checks.submit(challenge=made, actor=people.owner(row.owner))


def publish(made: Challenge, row: Row, at: datetime) -> Challenge:
    """Through both checks by two officers, secured and published a day later each."""
    with clock.at(at):
        _approve(made, checks.FORMAL, people.officer())
        opinion = checks.ask_opinion(challenge=made, expert=people.pool()[0], actor=people.officer())
    with clock.at(at + DAY):
        said = {"is_real": True, "is_testable": True, "is_funded": True, "text": "问题真实，指标可测，榜额合理。"}
        expert = people.sitting(opinion.expert)
        opinion = opinions.promise(opinion=opinion, sha256=texts.promise_sha256(), actor=expert)
        checks.give_opinion(opinion=opinion, actor=expert, **said)
        _approve(made, checks.EXPERT, people.second())
    with clock.at(at + DAY + HOUR):
        made.refresh_from_db()
        uptakes.bank_says_paid(made.obligation, people.owner(row.owner), f"demo:{made.number}:first")
    return Challenge.objects.select_related("season", "owner").get(pk=made.pk)


def _approve(made: Challenge, kind: str, officer: Membership) -> None:
    review = approvals.claim(review=open_review_of(kind, made), actor=officer)
    approvals.decide(review=review, outcome="approve", actor=officer)


def begin(made: Challenge, row: Row, at: datetime) -> None:
    """Teams that have begun to write: members and solution, no plan and no price yet."""
    for key in row.writing:
        team = people.owner(key)
        with clock.at(at):
            proposal = proposing.start(challenge=made, actor=team)
            content = {name: _content(row, team, 0)[name] for name in ("members", "solution")}
            proposal_drafts.save_draft(proposal=proposal, content=content, version=0, actor=team)


def propose(made: Challenge, row: Row, at: datetime) -> None:
    """Each team seals its proposal."""
    pinned = texts.sha256_of(made.season, texts.COMMITMENT)
    for n, key in enumerate(row.teams):
        team = people.owner(key)
        with clock.at(at + n * DAY):
            proposal = proposing.start(challenge=made, actor=team)
            content = _content(row, team, n)
            proposal_drafts.save_draft(proposal=proposal, content=content, version=0, actor=team)
            proposing.submit(proposal=proposal, commitment_sha256=pinned, actor=team)


def _content(row: Row, team: Membership, n: int) -> dict:
    rows = [{"months": months, "deliverable": text, "amount_fen": row.bounty_fen * bp // 10_000}
            for months, text, bp in row.payments]  # fmt: skip
    return {
        "members": [{"name": team.user.name, "unit": team.organization.name, "consent": True}],
        "solution": f"针对“{row.title_zh}”，采用成熟工艺与新材料结合的方案{n + 1}，关键步骤均有前期试验数据。",
        "promises": {
            str(i): f"{target} {unit}" for i, (_n, _c, target, unit, _m, _must) in enumerate(row.indicators, 1)
        },
        "plan": "分阶段完成小试、放大与现场验证，每阶段提交测试报告。",
        "milestones": rows,
        "price_fen": row.bounty_fen,
        "patents": [],
        "conflicts": "无",
    }


def choose(made: Challenge, row: Row) -> Challenge:
    """The best proposal wins the bounty, the others get feedback; the public notice begins."""
    firm = people.owner(row.owner)
    ranked = [line.proposal for line in scores.ranking(made)]
    with clock.at(made.closes_at + 8 * DAY):
        for number in ranked[1:]:
            selecting.give_feedback(proposal=Proposal.objects.get(number=number), text=FEEDBACK, actor=firm)
        selecting.shortlist(challenge=made, numbers=ranked[:1], reason="", actor=firm)
        amount = Money(row.bounty_fen)
        selecting.select(challenge=made, winners={ranked[0]: amount}, reason="", actor=firm)
        return noticing.give_notice(challenge=Challenge.objects.get(pk=made.pk), actor=people.officer())


def award(made: Challenge, row: Row) -> Challenge:
    """The notice runs without an objection."""
    noticed = choose(made, row)
    with clock.at(noticed.notice_until_at):
        noticing.confirm_due(challenge=noticed)
    return Challenge.objects.get(pk=made.pk)


def object_to(noticed: Challenge, row: Row, at: datetime) -> None:
    """A team that was not chosen objects; an officer has to rule."""
    losers = noticed.proposals.filter(state="rejected").values_list("organization_id", flat=True)
    team = next(people.owner(key) for key in row.teams if people.owner(key).organization_id in losers)
    with clock.at(at):
        noticing.object_to(challenge=noticed, reason=OBJECTION, actor=team)
