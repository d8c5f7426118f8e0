"""Telling one story: the acts of one declaration in order, each at its own moment."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from accounts.models import Membership
from approvals import services as approvals
from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.clock import local_date
from licenses.models import Declaration, License
from licenses.services import declarations as services
from licenses.services import endings
from local.demo import cast, offers, register, royalties, uptakes
from local.demo.plan import NOT_OPENED, Story
from patents import services as patents
from patents.models import Patent
from settlement import services as settlement
from settlement.models import Obligation

REVIEW_TAKES = timedelta(days=1, hours=3)


def is_told(story: Story) -> bool:
    """Whether the story is in the database already: it is told in one transaction."""
    return Declaration.objects.filter(patent__number=story.patent).exists()


@transaction.atomic
def tell(story: Story, *, manager: Membership, firms: list[Membership], now: datetime) -> Declaration:
    """Make one declaration and everything that follows from it, whole or not at all."""
    random = Random(story.seed)
    ends = None
    if story.ending == "expired":
        ends = local_date(now - timedelta(days=10))
    with clock.at(story.submitted_at):
        register.keep_fresh(Patent.objects.get(number=story.patent))
        declaration = offers.draft(story.patent, manager, random, ends=ends, costs=story.costs)
        if story.ending == "draft":
            return declaration
        declaration = services.submit(declaration=declaration, actor=manager)
    moment = story.submitted_at + REVIEW_TAKES
    if story.ending in NOT_OPENED:
        return _unopened(story, declaration, random, moment, now)
    if story.returned:
        moment = _returned(declaration, manager, random, moment)
    with clock.at(moment):
        declaration = offers.approve(declaration)
    _announced(declaration, moment, now, random)
    _licensed(story, declaration, firms, random, moment, now)
    _lived(story, declaration, manager, now)
    release_paid(declaration, now)
    with clock.at(now - timedelta(days=15)):
        register.keep_fresh(declaration.patent)
    _ended(story, declaration, manager, now)
    declaration.refresh_from_db()
    return declaration


def _unopened(story, declaration, random, moment, now):
    """What waits, was sent back, was refused, or is approved and not published yet."""
    with clock.at(min(moment, now - timedelta(hours=1))):
        if story.ending == "under_review":
            offers.claim(declaration)
        if story.ending in ("correction", "deemed_not_filed"):
            offers.send_back(declaration, random)
        if story.ending == "rejected":
            offers.reject(declaration, "R05", "计算依据不清楚，请补充后重新提出。")
        if story.ending == "approved":
            offers.approve_for_the_bulletin(declaration)
    if story.ending == "deemed_not_filed":
        with clock.at(min(now, moment + timedelta(days=30))):
            approvals.lapse(review=offers.review_of(declaration))
    declaration.refresh_from_db()
    return declaration


def _returned(declaration, manager, random, moment):
    """Sent back once, corrected, submitted again."""
    with clock.at(moment):
        offers.send_back(declaration, random)
    declaration.refresh_from_db()
    with clock.at(moment + timedelta(days=2)):
        services.submit(declaration=declaration, actor=manager)
    declaration.refresh_from_db()
    return moment + timedelta(days=3)


def _announced(declaration, moment, now, random) -> None:
    """CNIPA announces most of them some weeks later."""
    filed, announced = moment + timedelta(days=5), moment + timedelta(days=26)
    if announced > now or random.random() < 0.35:
        return
    terms = declaration.current_terms
    with clock.at(filed):
        receipt = f"KF{filed:%Y%m%d}{random.randrange(1000, 9999)}"
        services.record_cnipa(terms=terms, move="file", on=local_date(filed), reference=receipt, actor=cast.officer())
    with clock.at(announced):
        services.record_cnipa(
            terms=terms,
            move="announce",
            on=local_date(announced),
            reference=f"{announced:%Y}-{random.randrange(1000, 9999)}",
            actor=cast.officer(),
        )


def _licensed(story, declaration, firms, random, moment, now) -> None:  # noqa: PLR0917
    """Firms take licenses, one after the other; a few never pay, a few stop early, a few are still writing."""
    taken = random.sample(firms, min(len(firms), len(story.fates)))
    latest = now - timedelta(days=25 if story.ending not in ("open",) else 1)
    room = max(1, int((latest - moment) / timedelta(hours=1)) - 30)
    moments = sorted(moment + timedelta(hours=28 + random.randrange(room)) for _firm in taken)
    for fate, firm, when in sorted(zip(story.fates, taken, moments, strict=False), key=_in_the_last_days):
        if fate == "draft":
            with clock.at(now - timedelta(hours=30)):
                uptakes.prepare(declaration, firm, random)
        elif fate == "held":
            _held(declaration, firm, random, now)
        elif fate == "awaiting":
            uptakes.take(declaration, firm, random, now - timedelta(days=2), pays=False)
        else:
            noticed = min(when, now - timedelta(days=20)) if fate == "lapsed" else when
            license = uptakes.take(declaration, firm, random, noticed, pays=fate != "lapsed")
            if fate == "lapsed":
                uptakes.lapse(license)
            elif fate == "given_back":
                uptakes.give_back(license, firm, now - timedelta(hours=20))


def _lived(story, declaration, manager, now) -> None:
    """Licenses with a royalty: every quarter reported and paid, up to now or to a month before their end."""
    for license in declaration.licenses.filter(effective_at__isnull=False).order_by("pk"):
        ends_soon = story.ending in ("expired", "terminated") or "given_back" in story.fates
        firm = license.licensee.memberships.filter(role__in=("owner", "person")).first()
        random = Random(f"{story.seed}:{license.number}")
        until = now - timedelta(days=30) if ends_soon else now
        royalties.live(license, firm=firm, manager=manager, random=random, now=until)


def release_paid(declaration, now) -> None:
    """What was paid and not objected to is due to the patentee, each fee and royalty at its own moment."""
    effective = declaration.licenses.filter(effective_at__isnull=False)
    rows = Obligation.objects.filter(ref_kind=License._meta.label_lower, ref_id__in=effective.values("pk"))
    for obligation in rows.filter(state="paid", released_at=None, release_at__lt=now).order_by("release_at", "pk"):
        with clock.at(obligation.release_at):
            settlement.release(obligation=obligation, actor=CLOCK)


def _in_the_last_days(row) -> bool:
    """What happens now comes after what happened before."""
    return row[0] in ("draft", "held", "awaiting")


def _held(declaration, firm, random, now) -> None:
    """Noticed in time, paid after the offer was suspended: the money waits."""
    license = uptakes.take(declaration, firm, random, now - timedelta(days=10), pays=False)
    _suspend(declaration, now)
    with clock.at(now - timedelta(days=8)):
        uptakes.pay(license, firm)


def _suspend(declaration, now) -> None:
    with clock.at(now - timedelta(days=9)):
        services.suspend(declaration=declaration, reason="权属投诉处理中，暂停接收新通知。", actor=cast.officer())


def _ended(story, declaration, manager, now) -> None:
    """How the offer stands today."""
    declaration.refresh_from_db()
    if story.ending in ("withdrawal_review", "withdrawn"):
        asked = now - timedelta(days=3 if story.ending == "withdrawal_review" else 20)
        with clock.at(asked):
            offers.agree_to_withdrawal(declaration)
            request = services.request_withdrawal(
                declaration=declaration, reason="拟以该专利作价入股，不再对外开放许可。", actor=manager
            )
    if story.ending == "withdrawn":
        with clock.at(now - timedelta(days=18)):
            review = approvals.claim(review=offers.review_about(request), actor=cast.officer())
            approvals.decide(review=review, outcome="approve", actor=cast.officer())
    if story.ending == "expired":
        with clock.at(now - timedelta(days=9)):
            services.recheck(declaration=declaration)
            for license in declaration.licenses.all():
                endings.expire(license=license)
    if story.ending == "terminated":
        _patent_lapsed(declaration, manager, now)


def _patent_lapsed(declaration, manager, now) -> None:
    """The patentee no longer pays the annual fee, hands in the register's word, and the offer ends with the patent."""
    handed_in = now - timedelta(days=6)
    with clock.at(handed_in):
        extract = register.hand_in_lapse(declaration.patent, on=local_date(handed_in), actor=manager)
    with clock.at(handed_in + timedelta(hours=5)):
        patents.confirm_extract(extract=extract, actor=cast.officer())
        services.recheck(declaration=declaration)
