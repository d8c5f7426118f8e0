"""Bidders in every stage, made through the services; and the smallest lot that takes registrations."""

import itertools
from datetime import timedelta

from auctions import agreement
from auctions.models import Floor, Lot, Registration, Season, Session
from auctions.services import registering
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from tests.factories import accounts
from tests.factories.settlement import pay, started_payment

serial = itertools.count(1)
START, INCREMENT = Money(1_200_000_00), Money(50_000_00)
TIERS = [[2_000_000_00, 300], [10_000_000_00, 200], [None, 100]]


def _session(n: int, starts_in: timedelta, lasts: timedelta) -> Session:
    """A session of a season with a bidder agreement; registration ends an hour before it."""
    now = database_now()
    season = Season.objects.create(
        code=f"T{n}S1",
        title_zh_hans="测试竞价季",
        title_en="Test season",
        commissions=TIERS,
        agreement_zh_hans="竞买协议：保证金不予退还的情形……",
        agreement_en="Bidder agreement: when the deposit is forfeited …",
    )
    return Session.objects.create(
        season=season,
        position=1,
        viewing_from=local_date(now),
        viewing_until=local_date(now) + timedelta(days=3),
        registration_until_at=now + starts_in + lasts - timedelta(hours=1),
        starts_at=now + starts_in,
        planned_ends_at=now + starts_in + lasts,
    )


def open_lot(*, starts_in=timedelta(days=2), lasts=timedelta(days=1), seller=None, **fields) -> Lot:
    """A lot that takes registrations until an hour before its end; bidding starts in two days."""
    n = next(serial)
    seller, boss = seller or accounts.patentee(), accounts.officer()
    session = _session(n, starts_in, lasts)
    lot = Lot.objects.create(
        number=f"JSPA-T{n}S1-0001-X",
        season=session.season,
        session=session,
        seller=seller.organization,
        proposed_by=seller.user,
        subject="assignment",
        title_zh_hans="柔性钙钛矿太阳能电池用双界面钝化层的制备方法",
        title_en="Passivation layer for flexible perovskite cells",
        start_fen=START.fen,
        **fields,
    )
    deposit = Money(START.fen // 10)
    facts = {"season": session.season.code, "session": session.number, "start": START, "deposit": deposit}
    for move, actor in (("submit", seller), ("select", boss), ("announce", boss), ("open_registration", SYSTEM)):
        audit.advance(lot, move, actor=actor, data=facts)
    Floor.objects.create(
        lot=lot,
        start_fen=START.fen,
        increment_fen=INCREMENT.fen,
        max_steps=5,
        on_grid=True,
        own_raise=False,
        window_seconds=300,
        extension_seconds=300,
        deposit_fen=START.fen // 10,
        opens_at=session.starts_at,
        planned_ends_at=session.planned_ends_at,
        ends_at=session.planned_ends_at,
    )
    return Lot.objects.select_related("season", "session", "floor", "seller").get(pk=lot.pk)


def applied(lot=None, actor=None) -> Registration:
    """A registration that waits for its deposit."""
    lot = lot or open_lot()
    actor = actor or accounts.member("bidder")
    return registering.register(lot=lot, actor=actor, agreement_sha256=agreement.sha256_of(lot.season))


def pay_deposit(registration: Registration, **facts) -> str:
    """The bank says that the deposit arrived; what came of it."""
    return pay(started_payment(registration.obligation), **facts)


def admitted(lot=None, actor=None) -> Registration:
    """A bidder with a paddle."""
    registration = applied(lot, actor)
    assert pay_deposit(registration) == "accepted"
    registration.refresh_from_db()
    return registration
