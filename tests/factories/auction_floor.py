"""Lots and bidders on their floor. Deposits are paid by messages of the bank where a test asks for them.

`live_lot()` is open now for a day at a start price of 100,000.00, increment 5,000.00; `admitted(lot)` is a bidder with
paddle, `secured=True` with a deposit that arrived.
"""

import itertools
from datetime import timedelta

from auctions.models import Lot, Registration, Season, Session
from auctions.services import floors, opening
from foundation import audit
from foundation.core import crypto
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from settlement import services as money
from tests.factories import accounts
from tests.factories.settlement import pay, started_payment

serial = itertools.count(1)
START, STEP = Money(100_000_00), Money(5_000_00)
DAY = timedelta(days=1)


def season(**fields) -> Season:
    """A season in its first state; increments of 5,000.00 unless named."""
    code = f"T{next(serial)}"
    given = {"increments": [[None, STEP.fen]], "title_zh_hans": "测试拍卖季", "title_en": "Test season"}
    return Season.objects.create(code=code, **given | fields)


def session(of=None, *, starts_at=None, lasts=DAY, **fields) -> Session:
    """A sitting that starts now and lasts a day."""
    starts = starts_at or database_now()
    day = local_date(starts)
    given = {
        "season": of or season(),
        "position": next(serial),
        "viewing_from": day - 5 * DAY,
        "viewing_until": day - DAY,
        "registration_until_at": starts + lasts,
        "starts_at": starts,
        "planned_ends_at": starts + lasts,
    }
    return Session.objects.create(**given | fields)


def selected_lot(at=None, *, seller=None, reserve=None, start=START, **fields) -> Lot:
    """A lot that has its number and its session."""
    at = at or session()
    owner = accounts.member("ip_manager") if seller is None else seller
    n = next(serial)
    lot = Lot.objects.create(
        season=at.season,
        session=at,
        seller=owner.organization,
        proposed_by=owner.user,
        subject="assignment",
        title_zh_hans=f"测试拍品{n}",
        title_en=f"Test lot {n}",
        start_fen=start.fen,
        reserve_sealed=crypto.encrypt(str(reserve.fen)) if reserve else "",
        number=f"JSPA-{at.season.code}-{n:04d}-X",
        **fields,
    )
    officer = accounts.officer()
    audit.advance(lot, "submit", actor=owner, data={"season": lot.season.code})
    return audit.advance(lot, "select", actor=officer)


def announced_lot(at=None, *, deposit=0, **fields) -> Lot:
    """A lot with its floor, whose registration is open; ``deposit`` in fen, None: by the rules of the season."""
    lot = selected_lot(at, **fields)
    audit.advance(lot, "announce", actor=SYSTEM, visibility="public")
    floor = opening.open_floor(lot=lot, session=lot.session)
    if deposit is not None:
        change(floor, deposit_fen=deposit)
    return audit.advance(lot, "open_registration", actor=SYSTEM, visibility="public")


def live_lot(at=None, **fields) -> Lot:
    """A lot on which bids are taken now."""
    lot = announced_lot(at, **fields)
    assert opening.go_live(lot=lot)
    lot.refresh_from_db()
    return lot


def change(floor, **fields):
    """Set fields of a floor past the services."""
    for name, value in fields.items():
        setattr(floor, name, value)
    floor.save(update_fields=list(fields))
    return floor


def admitted(lot, *, organization=None, paddle=None, rank=0, secured=False) -> tuple[Registration, object]:
    """A registration that may bid, and the member who bids; ``secured``: its deposit arrived and is held."""
    member = accounts.member("bidder", organization)
    now = database_now()
    registration = Registration.objects.create(
        lot=lot,
        organization=member.organization,
        registered_by=member.user,
        agreement_sha256="0" * 64,
        agreed_at=now,
        priority_rank=rank,
    )
    audit.advance(registration, "qualify", actor=SYSTEM)
    audit.advance(registration, "ask_deposit", actor=SYSTEM)
    if secured:
        pay_deposit(registration)
        registration.refresh_from_db()
    if registration.permits("pay"):
        audit.advance(registration, "hold_deposit", actor=SYSTEM)
        code = paddle or f"{next(serial) % 10_000:04d}"
        audit.advance(registration, "admit", actor=SYSTEM, set={"paddle": code, "admitted_at": now})
    return registration, member


def pay_deposit(registration) -> None:
    """The deposit by the rules of the lot's floor, asked for and paid."""
    floor = floors.Floor.objects.get(pk=registration.lot_id)
    registration.obligation = money.open_obligation(
        purpose="auction.deposit",
        ref=registration,
        debtor=registration.organization,
        creditor=accounts.AdministrationFactory(),
        amount=Money(floor.deposit_fen),
        due_at=floor.ends_at,
        key=f"deposit:{registration.pk}",
        label="竞买保证金",
        actor=SYSTEM,
    )
    registration.save(update_fields=["obligation"])
    assert pay(started_payment(registration.obligation)) == "accepted"
