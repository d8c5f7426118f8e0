"""Lots that end while the worker dies at a step, while two beats run, and while none runs for ten minutes (F2, F12)."""

import time
from datetime import timedelta

import pytest

from auctions.lifecycle_parties import RegistrationState
from auctions.models import Floor, Registration, Result, Sale
from auctions.services.bids import BidRefused, place_bid
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core.clock import database_now, machine_now
from foundation.core.money import Money
from local import supervisor
from settlement.models import Hold
from tests.factories import auction_floor as make
from tests.faults.figures import ALL, tell
from tests.faults.killing import let_die, recovers
from tests.harness import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
STEPS = ("auctions.lot.decided", "auctions.sale.began", "auctions.deposit.released", "settlement.hold.posted")
RULES = {"I1", "I3", "I5", "I6", "I7", "I9"}
WITHOUT = timedelta(minutes=10)
BACK = 60  # seconds until all is done


def contested():
    """A lot on which three with deposits have bid, and their registrations."""
    lot = make.live_lot(deposit=None)
    parties = [make.admitted(lot, secured=True) for _n in range(3)]
    for n, (registration, member) in enumerate(parties):
        place_bid(registration=registration, amount=make.START + n * make.STEP, key="bid", actor=member)
    return lot, parties


def end(lot, ago=timedelta()):
    Floor.objects.filter(pk=lot.pk).update(ends_at=database_now() - ago)


def settled(*lots):
    """Whether these lots are decided and no loser waits for the deposit."""
    waiting = Registration.objects.filter(state=RegistrationState.LOST).exists()
    return Result.objects.filter(lot__in=lots).count() == len(lots) and not waiting


def check_once(lot):
    """One result, one sale, each deposit given back once, at the time that was stored."""
    result, floor = Result.objects.get(lot=lot), Floor.objects.get(pk=lot.pk)
    assert (result.price, result.ended_at, floor.closed_at) == (
        make.START + 2 * make.STEP,
        floor.ends_at,
        floor.ends_at,
    )
    assert Sale.objects.filter(lot=lot).count() == 1
    states = Registration.objects.filter(lot=lot).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["deposit_released", "deposit_released", "won"]
    ended = Event.objects.filter(subject_kind="auctions.registration", subject_id__in=lot.registrations.values("pk"))
    for move, times in (("win", 1), ("lose", 2), ("release_deposit", 2)):
        assert ended.filter(name=f"auctions.registration.{move}").count() == times
    holds = Hold.objects.filter(obligation__in=lot.registrations.values("obligation")).order_by("pk")
    assert list(holds.values_list("state", flat=True)) == ["released", "released", "held"]


@pytest.mark.parametrize("step", STEPS if ALL else [STEPS[1]])
def test_a_worker_that_dies_after_the_hammer_does_no_step_twice(step, site):
    lot, _parties = contested()
    let_die(site, "worker", step, lambda: end(lot))
    tell(step, recovers(site, "worker", lambda: settled(lot), "the lot is decided, the deposits are back"))
    check_once(lot)
    if step == STEPS[1]:
        two_beats_then_none(site)
    assert invariants.check(RULES) == []


def two_beats_then_none(site):
    """A second beat beside the first, a lot for both; then no beat while a lot ends, and both again."""
    first = site.children["beat"]
    command = [*first.command, "--schedule", f"{site.environment['KAIXU_DATA_DIR']}/test/second-beat-{site.port}"]
    site.children["second"] = supervisor.Child("second", command, site.environment)
    site.start("second")
    for_both, _parties = contested()
    late, parties = contested()
    end(for_both)
    eventually(lambda: settled(for_both), seconds=BACK, what="decided under two beats")
    check_once(for_both)
    for name in ("beat", "second"):
        site.kill(name)
    time.sleep(3)  # what they had sent is done
    end(late, timedelta() if ALL else WITHOUT)
    if ALL:
        time.sleep(WITHOUT.total_seconds())
    registration, member = parties[0]
    with pytest.raises(BidRefused) as refused:
        place_bid(registration=registration, amount=Money(10**12), key="late", actor=member)
    assert (refused.value.code, Result.objects.filter(lot=late).exists()) == ("not_live", False)
    begun = machine_now()
    site.start("beat", "second")
    eventually(lambda: settled(late), seconds=BACK, what="the late lot is decided")
    tell("two beats after ten minutes without: all decided and given back", (machine_now() - begun).total_seconds())
    check_once(late)
    site.kill("second")
