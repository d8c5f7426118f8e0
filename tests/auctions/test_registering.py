"""Registering as a bidder: checks, the pinned agreement, the deposit, admission, and the ways out."""

from datetime import timedelta

import pytest

from auctions import agreement, clock_bidders
from auctions.lifecycle_parties import RegistrationState as R
from auctions.models import Bar, PriorityHolder, Registration
from auctions.services import may_register, registering
from foundation import audit
from foundation.core import clock
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.errors import NotAllowed
from foundation.core.money import Money
from settlement import queries as money
from settlement.models import Refund
from tests.factories import accounts
from tests.factories.bidders import admitted, applied, open_lot, pay_deposit
from tests.factories.settlement import pay, started_payment

pytestmark = pytest.mark.django_db


def held() -> Money:
    """What lies on the account of auction deposits."""
    return money.balance("2001")


def test_registration_asks_for_the_deposit_until_the_last_moment_of_the_session():
    lot = open_lot()
    registration = applied(lot)
    owed = registration.obligation
    assert registration.state == R.DEPOSIT_PENDING
    assert (owed.amount, owed.due_at) == (Money(120_000_00), lot.session.registration_until_at)
    assert owed.creditor.kind == "administration"
    assert owed.ref_number == lot.number
    assert registration.agreement_sha256 == agreement.sha256_of(lot.season)


def test_paid_deposit_is_held_and_admits_with_a_four_digit_paddle():
    registration = admitted()
    assert registration.state == R.ADMITTED
    assert registration.paddle.isdigit() and len(registration.paddle) == 4
    assert held() == Money(120_000_00)
    assert registration.obligation.hold.state == "held"


def test_a_party_never_gets_a_number_again(monkeypatch):
    monkeypatch.setattr("auctions.services.admission.PADDLES", range(1000, 1002))
    firm = accounts.member("bidder")
    first, second = admitted(open_lot(), firm), admitted(open_lot(), firm)
    assert {first.paddle, second.paddle} == {"1000", "1001"}
    third = applied(open_lot(), firm)
    assert pay_deposit(third) != "accepted"
    assert (held(), Refund.objects.count()) == (Money(240_000_00), 1)


def refuses(error, lot, actor, **more):
    pinned = more.get("agreement_sha256", agreement.sha256_of(lot.season))
    with pytest.raises(error) as refusal:
        registering.register(lot=lot, actor=actor, agreement_sha256=pinned)
    assert refusal.value.sentence
    assert not Registration.objects.filter(organization=actor.organization, lot=lot).exclude(state=R.LAPSED).exists()


def test_unverified_organization_is_refused():
    firm = accounts.member("bidder", organization=accounts.OrganizationFactory(state="unverified"))
    refuses(may_register.BidderNotVerified, open_lot(), firm)


def test_seller_and_its_group_are_refused():
    lot = open_lot()
    refuses(may_register.SellerRelated, lot, accounts.member("owner", organization=lot.seller))
    daughter = accounts.OrganizationFactory(group=lot.seller)
    refuses(may_register.SellerRelated, lot, accounts.member("owner", organization=daughter))


def test_administration_and_its_people_are_refused_whatever_hat_they_wear():
    refuses(may_register.StaffExcluded, open_lot(), accounts.officer())
    officer = accounts.officer()
    refuses(may_register.StaffExcluded, open_lot(), accounts.member("bidder", user=officer.user))


def test_defaulter_is_refused_in_the_next_round_and_while_a_bar_runs():
    firm, first = accounts.member("bidder"), open_lot()
    again = open_lot(relisted_from=first)
    Bar.objects.create(organization=firm.organization, lot=first, reason="未付余款")
    refuses(may_register.Barred, again, firm)
    assert applied(open_lot(), firm).state == R.DEPOSIT_PENDING
    Bar.objects.update(until=local_date(database_now()))
    refuses(may_register.Barred, open_lot(), firm)


def test_other_agreement_than_the_one_read_is_refused():
    refuses(may_register.AgreementChanged, open_lot(), accounts.member("bidder"), agreement_sha256="0" * 64)


def test_registration_after_the_last_moment_is_refused():
    lot, firm = open_lot(), accounts.member("bidder")
    with clock.at(lot.session.registration_until_at - timedelta(seconds=1)):
        assert applied(lot, accounts.member("bidder")).state == R.DEPOSIT_PENDING
    with clock.at(lot.session.registration_until_at):
        refuses(may_register.TooLate, lot, firm)


def test_second_registration_of_a_party_is_refused():
    lot, firm = open_lot(), accounts.member("bidder")
    applied(lot, firm)
    with pytest.raises(may_register.AlreadyRegistered):
        applied(lot, accounts.member("owner", organization=firm.organization))
    assert Registration.objects.count() == 1


def test_holder_of_a_first_right_who_bids_has_its_rank():
    lot, firm = open_lot(), accounts.member("bidder")
    PriorityHolder.objects.create(lot=lot, basis="co_owner", organization=firm.organization, rank=2, answer="bids")
    PriorityHolder.objects.create(lot=lot, basis="co_owner", organization=accounts.OrganizationFactory(), answer="bids")
    assert applied(lot, firm).priority_rank == 2
    assert applied(lot).priority_rank == 0


def test_deposit_booked_after_the_last_moment_goes_back():
    lot = open_lot()
    registration = applied(lot)
    payment = started_payment(registration.obligation)
    with clock.at(lot.session.registration_until_at + timedelta(minutes=1)):
        assert pay(payment) != "accepted"
        registration.refresh_from_db()
        assert registration.state == R.DEPOSIT_PENDING
        assert held() == Money(0)
        assert Refund.objects.get().amount == Money(120_000_00)


def test_unpaid_registration_lapses_by_the_clock_and_a_booking_in_time_brings_it_back():
    lot = open_lot()
    registration, due = applied(lot), lot.session.registration_until_at
    payment = started_payment(registration.obligation)
    with clock.at(due + timedelta(minutes=9)):
        assert clock_bidders.lapse_unpaid() == 0
    with clock.at(due + timedelta(minutes=10)):
        assert (clock_bidders.lapse_unpaid(), clock_bidders.lapse_unpaid()) == (1, 0)
        registration.refresh_from_db()
        assert (registration.state, registration.obligation.state) == (R.LAPSED, "expired")
        assert pay(payment, at=due - timedelta(minutes=1)) == "accepted"
        registration.refresh_from_db()
        assert (registration.state, held()) == (R.ADMITTED, Money(120_000_00))


def test_withdrawal_before_the_start_gives_the_deposit_back_once():
    firm = accounts.member("bidder")
    registration = admitted(None, firm)
    gone = registering.withdraw(registration=registration, actor=firm)
    assert gone.state == R.WITHDRAWN
    assert registering.withdraw(registration=registration, actor=firm).state == R.WITHDRAWN
    assert (held(), Refund.objects.count()) == (Money(0), 1)


def test_withdrawal_of_an_unpaid_registration_cancels_what_was_asked():
    firm = accounts.member("bidder")
    registration = registering.withdraw(registration=applied(None, firm), actor=firm)
    registration.obligation.refresh_from_db()
    assert registration.obligation.state == "cancelled"
    assert applied(registration.lot, firm).state == R.DEPOSIT_PENDING  # and may come back


def test_withdrawal_after_the_start_is_refused():
    lot, firm = open_lot(), accounts.member("bidder")
    registration = admitted(lot, firm)
    with clock.at(lot.floor.opens_at), pytest.raises(registering.BiddingStarted):
        registering.withdraw(registration=registration, actor=firm)
    assert held() == Money(120_000_00)


def test_nobody_withdraws_for_another_party():
    registration = admitted()
    with pytest.raises(NotAllowed):
        registering.withdraw(registration=registration, actor=accounts.member("bidder"))


def test_withdrawn_lot_ends_all_registrations_and_gives_all_deposits_back():
    lot = open_lot()
    one, two, unpaid = admitted(lot), admitted(lot), applied(lot)
    audit.advance(lot, "withdraw", actor=accounts.officer())
    audit.deliver_pending()
    for registration in (one, two, unpaid):
        registration.refresh_from_db()
        assert registration.state == R.WITHDRAWN
    assert (held(), Refund.objects.count()) == (Money(0), 2)


def lose(registration):
    return audit.advance(registration, "lose", actor=SYSTEM, parties=[registration.organization_id])


def test_loser_has_its_deposit_back_as_soon_as_the_outbox_ran():
    loser = lose(admitted())
    audit.deliver_pending()
    loser.refresh_from_db()
    assert (loser.state, held(), Refund.objects.count()) == (R.DEPOSIT_RELEASED, Money(0), 1)


def test_the_clock_finds_a_loser_whose_event_was_lost_and_the_winner_keeps_the_deposit():
    lot = open_lot()
    loser, winner = admitted(lot), admitted(lot)
    lose(loser)
    audit.advance(winner, "win", actor=SYSTEM, parties=[winner.organization_id])
    assert (clock_bidders.release_lost(), clock_bidders.release_lost()) == (1, 0)
    assert held() == Money(120_000_00)
    audit.deliver_pending()
    assert Refund.objects.count() == 1


def test_lapsing_too_early_does_nothing():
    assert registering.lapse(registration=applied(), actor=CLOCK) is False
