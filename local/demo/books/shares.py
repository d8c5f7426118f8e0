"""Income of universities in the demo, shared among institution and inventors: distributions in many states."""

from collections import Counter
from datetime import datetime, timedelta

from accounts.models import Membership
from foundation.core import clock
from foundation.core.clock import local_date
from foundation.core.money import Money
from local.demo import cast
from local.demo.books import office, transfers
from settlement.models import Distribution, OwnerShare
from settlement.services import distributing, income_policies, noticing

PLAN = (7_000, 1_000, 1_500, 500)  # basis points: inventors, department, institution, technology manager
ANOTHER_PLAN = (6_000, 1_500, 2_000, 500)
DEDUCTS = ("stamp", "maintenance")
COST = Money(1_800_00)
DAY = timedelta(days=1)
ON_NOTICE = 12 * DAY  # since when the notices of today run


def tell(now: datetime) -> None:
    """The university of the demo logins lets the platform pay its inventors; another one pays its own."""
    own, another = transfers.holder(), _another()
    _paid_by_the_platform(own, now)
    if another is not None:
        _paid_by_itself(another, now)


def _another() -> Membership | None:
    """A second university or institute with income to share, the one with the most; of equals the first by name."""
    rows = OwnerShare.objects.filter(organization__kind__in=("university", "institute"), amount_fen__gt=0)
    rows = rows.exclude(organization=transfers.holder().organization_id)
    counts = Counter(rows.values_list("organization__name", flat=True))
    if not counts:
        return None
    most = min(counts, key=lambda name: (-counts[name], name))
    return office.acting_for(rows.filter(organization__name=most).first().organization)


def _adopt(actor: Membership, now: datetime, plan: tuple, *, delegates: bool) -> None:
    with clock.at(now - 380 * DAY):
        income_policies.adopt_policy(
            institution=actor.organization,
            actor=actor,
            valid_from=local_date(now - 380 * DAY),
            plan=plan,
            deducts=DEDUCTS,
            delegates_payout=delegates,
            source=f"《{actor.organization.name}科技成果转化收益分配办法》",
        )


def _shares(actor: Membership) -> list[OwnerShare]:
    rows = OwnerShare.objects.filter(organization=actor.organization_id, amount_fen__gt=0)
    return list(rows.select_related("income__patent").order_by("income__shared_at", "pk"))


def _paid_by_the_platform(actor: Membership, now: datetime) -> None:
    """The oldest income agreed on, the next in notice, one to be computed, one computed, one confirmed."""
    _adopt(actor, now, PLAN, delegates=True)
    shares = _shares(actor)
    inventors = _inventors(actor, shares[0], now) if shares else []
    for place, share in enumerate(shares):
        if place == 0:
            _agreed(_computed(share, actor), actor, now, inventors)
        elif place == 1:
            _on_notice(_computed(share, actor), actor, now, inventors)
        elif place > 2:
            _computed(share, actor, confirmed=place > 3)


def _paid_by_itself(actor: Membership, now: datetime) -> None:
    """The oldest paid out and closed, the next objected to, one computed."""
    _adopt(actor, now, ANOTHER_PLAN, delegates=False)
    shares = _shares(actor)
    [inventor, *_others] = _inventors(actor, shares[0], now) or [None]
    for place, share in enumerate(shares[:3]):
        made = _computed(share, actor)
        if place == 0:
            agreed = _agreed(made, actor, now, [])
            if agreed.permits("look"):
                continue
            with clock.at(min(now, agreed.state_since + 6 * DAY)):
                noticing.note_payout(distribution=agreed, actor=actor, note="已随本单位当月工资发放。")
        elif place == 1:
            _on_notice(made, actor, now, [])
            with clock.at(now - 3 * DAY):
                reason = "排名第二的发明人已于去年调离，份额约定应以离职协议为准。"
                noticing.object_to(distribution=made, actor=inventor or actor, reason=reason)


def _inventors(owner: Membership, share: OwnerShare, now: datetime) -> list[Membership]:
    """Accounts of two inventors of the patent, in their institution."""
    taken = set(owner.organization.memberships.values_list("user__name", flat=True))
    names = [name for name in share.income.patent.inventors if name not in taken][:2]
    first = owner.organization_id == transfers.holder().organization_id
    with clock.at(now - 370 * DAY):
        return [
            cast.colleague(owner, "inventor", _login(owner, place, first=first), name)
            for place, name in enumerate(names, start=1)
        ]


def _login(owner: Membership, place: int, *, first: bool) -> str:
    if first and place == 1:
        return "inventor"
    return f"inventor{place}.{owner.user.email.partition('@')[0].removeprefix('owner.')}"


def _computed(share: OwnerShare, actor: Membership, *, confirmed: bool = False) -> Distribution:
    """Computed on the day after the income came in, once what the patent cost was noted."""
    since = share.income.shared_at
    patent = share.income.patent
    with clock.at(since + timedelta(hours=20)):
        income_policies.note_cost(
            patent=patent, institution=actor.organization, actor=actor, kind="maintenance", amount=COST,
            paid_on=local_date(since), note="本年度年费及代理费",
        )  # fmt: skip
    with clock.at(since + DAY):
        made = distributing.compute(share=share, actor=actor)
    if confirmed:
        with clock.at(since + 2 * DAY):
            made = distributing.confirm(distribution=made, actor=actor)
    return made


def _publish(made: Distribution, actor: Membership, moment: datetime, inventors: list[Membership]) -> Distribution:
    with clock.at(moment - timedelta(hours=3)):
        made = distributing.confirm(distribution=made, actor=actor)
    with clock.at(moment):
        made = noticing.publish(distribution=made, actor=actor)
    for one in inventors[:1]:
        with clock.at(moment + timedelta(hours=5)):
            for line in made.lines.filter(user=one.user):
                noticing.accept_share(line=line, actor=one)
    return made


def _on_notice(made: Distribution, actor: Membership, now: datetime, inventors: list[Membership]) -> None:
    """Open to objections today."""
    _publish(made, actor, max(made.created_at + DAY, now - ON_NOTICE), inventors)


def _agreed(made: Distribution, actor: Membership, now: datetime, inventors: list[Membership]) -> Distribution:
    """The notice is over and nobody objected; an income that is too young for that stays in notice."""
    made = _publish(made, actor, min(now - DAY, made.created_at + 2 * DAY), inventors)
    made.refresh_from_db()
    if made.notice_until >= now:
        return made
    with clock.at(made.notice_until + timedelta(minutes=5)):
        return noticing.end_notice(distribution=made)
