"""Challenges in each state, made through the services as people would make them."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership
from approvals import services as approvals
from approvals.queries import open_review_of
from challenges import texts
from challenges.models import Challenge, Expert, ListSeason, Opinion, Proposal
from challenges.services import (
    checks,
    drafting,
    noticing,
    openers,
    opening,
    opinions,
    panels,
    proposal_drafts,
    proposing,
    publishing,
    scores,
    seasons,
    seats,
    selecting,
)
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories.settlement import pay, started_payment
from tests.journeys.cast import paper

codes = itertools.count(1)
PASSPHRASE = "seven gray herons"
BOUNTY = Money(5_000_000_00)
PAYMENTS = ((3, "小试样品", 2000), (8, "中试 500 只", 4000), (12, "终验", 4000))
DAY = timedelta(days=1)


@dataclass
class Cast:
    """One season with its openers, and who keeps which share."""

    officer: Membership = field(default_factory=accounts.officer)
    second: Membership = field(default_factory=accounts.officer)
    auditor: Membership = field(default_factory=lambda: accounts.member("auditor"))
    finance: Membership = field(default_factory=accounts.finance)
    season: ListSeason | None = None
    shares: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.season = self.season or season(self)


def season(cast: Cast, **values: Any) -> ListSeason:
    """A season that calls for challenges; three openers hold its keys."""
    n = next(codes)
    named = {"code": f"{1900 + n // 20}{chr(65 + n % 20)}", "title_zh_hans": f"测试榜单{n}", "title_en": f"List {n}"}
    made = seasons.create_season(actor=cast.officer, **named | {"panel_size": 3} | values)
    for part, holder in (("officer", cast.officer), ("supervisor", cast.auditor), ("custodian", cast.finance)):
        cast.shares[part] = openers.take_key(season=made, passphrase=PASSPHRASE, actor=holder).share
    return seasons.lead(season=made, move="collect", actor=cast.officer)


def draft(cast: Cast, owner: Membership, *, bounty: Money = BOUNTY, **terms: Any) -> Challenge:
    """A complete challenge, not submitted."""
    made = drafting.start_challenge(season=cast.season, title_zh_hans="零下 30 ℃ 快速充电", actor=owner)
    problem = {"problem_zh_hans": "储能电站冬季无法充电。", "title_en": "Charging at -30", "ipc": ["H01M10/0525"]}
    drafting.save_part(challenge=made, part="problem", values=problem, actor=owner)
    rows = [
        {
            "name": "充至 80% 的时间",
            "comparison": "≤",
            "target": "45",
            "unit": "分钟",
            "method": "恒温箱",
            "must": True,
        },
        {"name": "成本增加", "comparison": "≤", "target": "6", "unit": "%", "method": "清单核算", "must": False},
    ]
    drafting.save_part(challenge=made, part="indicators", values={}, rows=rows, actor=owner)
    payments = [{"months": months, "deliverable": text, "share_bp": bp} for months, text, bp in PAYMENTS]
    values = {"bounty_fen": bounty.fen}
    drafting.save_part(challenge=made, part="payment", values=values, rows=payments, actor=owner)
    last_day = local_date(database_now()) + 31 * DAY
    named = {"eligibility": "不限", "deadline_date": last_day, "contact_name": "吴桐", "contact_phone": "025-84890000"}
    return drafting.save_part(challenge=made, part="terms", values=named | terms, actor=owner)


def decide(challenge: Challenge, kind: str, outcome: str, officer: Membership, **said: Any) -> Challenge:
    """An officer claims the case and decides it."""
    review = approvals.claim(review=open_review_of(kind, challenge), actor=officer)
    approvals.decide(review=review, outcome=outcome, actor=officer, **said)
    return Challenge.objects.get(pk=challenge.pk)


def approved(cast: Cast, owner: Membership, **parts: Any) -> Challenge:
    """Through both checks; the first share of the bounty is asked for."""
    return checked(cast, owner, draft(cast, owner, **parts))


def checked(cast: Cast, owner: Membership, made: Challenge) -> Challenge:
    """A complete draft through both checks."""
    made = checks.submit(challenge=made, actor=owner)
    made = decide(made, checks.FORMAL, "approve", cast.officer)
    opinion = checks.ask_opinion(challenge=made, expert=expert(), actor=cast.officer)
    checks.give_opinion(
        opinion=promised(opinion),
        is_real=True,
        is_testable=True,
        is_funded=True,
        text="真实可测",
        actor=member_of(opinion.expert),
    )
    return decide(made, checks.EXPERT, "approve", cast.second)


def promised(opinion: Opinion) -> Opinion:
    """The expert promised secrecy and reads."""
    return opinions.promise(opinion=opinion, sha256=texts.promise_sha256(), actor=member_of(opinion.expert))


def published(cast: Cast, owner: Membership, **parts: Any) -> Challenge:
    """In the list, open for proposals."""
    return through_the_checks(cast, owner, draft(cast, owner, **parts))


def through_the_checks(cast: Cast, owner: Membership, made: Challenge) -> Challenge:
    """A complete draft into the list."""
    made = checked(cast, owner, made)
    assert pay(started_payment(made.obligation)) == "accepted"
    return Challenge.objects.select_related("season", "owner").get(pk=made.pk)


def expert(person: Membership | None = None, **values: Any) -> Expert:
    """An expert of the pool, of a university of their own."""
    person = person or accounts.member("expert")
    unit = accounts.UniversityFactory()
    return Expert.objects.create(
        user=person.user,
        **{"unit": unit, "unit_name": unit.name, "ipc": ["H01M"], "names": [person.user.name]} | values,
    )


def member_of(one: Expert) -> Membership:
    """The membership an expert acts by."""
    return Membership.objects.select_related("user", "organization").get(user=one.user, role="expert")


def content(price: Money = BOUNTY, *, team: Membership, **values: Any) -> dict[str, Any]:
    """A complete proposal of a team that is of one organization."""
    rows = [
        {"months": months, "deliverable": text, "amount_fen": price.fen * bp // 10_000} for months, text, bp in PAYMENTS
    ]
    return {
        "members": [{"name": "沈岚", "unit": team.organization.name, "consent": True}],
        "solution": "低温电解液与脉冲自加热协同。",
        "promises": {"1": "40 分钟", "2": "5%"},
        "plan": "小试、中试、终验三步。",
        "milestones": rows,
        "price_fen": price.fen,
        "patents": [],
        "conflicts": "无",
        **values,
    }


def consented(proposal: Proposal, actor: Membership) -> None:
    """The members' signatures lie beside the draft."""
    signed = SimpleUploadedFile("signed.png", paper(), "image/png")
    proposal_drafts.add_file(proposal=proposal, upload=signed, is_consent=True, actor=actor)


def submitted(challenge: Challenge, solver: Membership, **values: Any) -> proposing.Submitted:
    """A sealed proposal; members of other units signed."""
    made = proposing.start(challenge=challenge, actor=solver)
    proposal_drafts.save_draft(proposal=made, content=content(team=solver, **values), version=0, actor=solver)
    if "members" in values:
        consented(made, solver)
    pinned = texts.sha256_of(challenge.season, texts.COMMITMENT)
    return proposing.submit(proposal=made, commitment_sha256=pinned, actor=solver)


def opened(cast: Cast, challenge: Challenge) -> Challenge:
    """Closed by the clock after its last day and opened by two; call it under `clock.at(challenge.closes_at)`."""
    assert publishing.close_due(challenge=challenge)
    opening.hand_in(challenge=challenge, share=cast.shares["supervisor"], passphrase=PASSPHRASE, actor=cast.auditor)
    opening.hand_in(challenge=challenge, share=cast.shares["officer"], passphrase=PASSPHRASE, actor=cast.officer)
    return Challenge.objects.get(pk=challenge.pk)


def scored(cast: Cast, challenge: Challenge, points: dict[str, int]) -> Challenge:
    """Eligibility, panel, scores: ``points`` is {proposal number: points of every expert for every criterion}."""
    for proposal in challenge.proposals.filter(state="opened"):
        panels.judge_eligibility(proposal=proposal, eligible=True, reason="", actor=cast.officer)
    panels.draw_panel(challenge=challenge, actor=cast.officer)
    criteria = list(challenge.criteria.all())
    for seat in challenge.seats.select_related("expert__user"):
        actor = member_of(seat.expert)
        seats.accept(seat=seat, actor=actor)
        for number, value in points.items():
            proposal = Proposal.objects.get(number=number)
            given = {one.pk: (value, "") for one in criteria}
            scores.save(seat=seat, proposal=proposal, given=given, actor=actor)
            scores.hand_in(seat=seat, proposal=proposal, actor=actor)
    scores.close_scoring(challenge=challenge, actor=cast.officer)
    return Challenge.objects.get(pk=challenge.pk)


def awarded(
    cast: Cast, challenge: Challenge, owner: Membership, winners: dict[str, Money], reserves: Iterable[str] = ()
) -> Challenge:
    """Shortlisted, selected and confirmed after the public notice."""
    listed = [*winners, *reserves]
    for proposal in challenge.proposals.filter(state="scored").exclude(number__in=listed):
        selecting.give_feedback(proposal=proposal, text="成本偏高。", actor=owner)
    selecting.shortlist(challenge=challenge, numbers=listed, reason="", actor=owner)
    selecting.select(challenge=challenge, winners=winners, reserves=reserves, reason="", actor=owner)
    noticed = noticing.give_notice(challenge=Challenge.objects.get(pk=challenge.pk), actor=cast.officer)
    with clock.at(noticed.notice_until_at):
        assert noticing.confirm_due(challenge=noticed)
    return Challenge.objects.get(pk=challenge.pk)
