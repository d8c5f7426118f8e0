"""Many at once: one registration a party, one paddle a bidder, one way out for a deposit."""

import pytest

from auctions import agreement
from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Registration
from auctions.services import deposits, may_register, registering
from foundation import audit
from foundation.audit.models import Event
from foundation.core import locking
from foundation.core.actors import SYSTEM
from foundation.core.money import Money
from settlement import queries as money
from settlement.models import Refund
from tests.concurrency.racing import at_once
from tests.factories import accounts
from tests.factories.bidders import admitted, applied, open_lot
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def test_twenty_clicks_make_one_registration_and_one_deposit_is_asked():
    lot, firm = open_lot(), accounts.member("bidder")
    pinned = agreement.sha256_of(lot.season)
    outcomes = at_once([lambda: registering.register(lot=lot, actor=firm, agreement_sha256=pinned)] * MANY)
    assert Registration.objects.count() == 1
    refused = [one for one in outcomes if isinstance(one, may_register.AlreadyRegistered)]
    assert len(refused) == MANY - 1


def test_twenty_bidders_admitted_at_once_have_twenty_paddles(monkeypatch):
    monkeypatch.setattr("auctions.services.admission.PADDLES", range(1000, 1040))
    lot = open_lot()
    payments = [started_payment(applied(lot).obligation) for _bidder in range(MANY)]
    assert at_once([lambda payment=payment: pay(payment) for payment in payments]) == ["accepted"] * MANY
    paddles = set(Registration.objects.filter(state=R.ADMITTED).values_list("paddle", flat=True))
    assert len(paddles) == MANY


def releases(loser):
    return [lambda: deposits.release_for(registration=loser)] * 8


def lost():
    registration = admitted()
    return audit.advance(registration, "lose", actor=SYSTEM, parties=[registration.organization_id])


def test_a_loser_is_paid_back_once_however_many_look():
    assert sorted(at_once(releases(lost())), key=str) == [False] * 7 + [True]
    assert (Refund.objects.count(), money.balance("2001")) == (1, Money(0))
    assert Event.objects.filter(name="auctions.registration.release_deposit").count() == 1


def test_twin_without_locks_trips_over_itself():
    loser = lost()
    with locking.without_locks():
        outcomes = at_once(releases(loser))
    assert [one for one in outcomes if isinstance(one, Exception)]  # what only the database's own guards held up
