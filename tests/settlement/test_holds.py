"""A deposit is held, then used, given back, forfeited or expired, once; a bounty is used by milestones."""

from datetime import timedelta

import pytest

from foundation.audit import invariants
from foundation.core import clock, handlers
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.errors import NotPossibleNow
from foundation.core.money import Money
from settlement import clock as ticks
from settlement import queries, services
from settlement.models import Hold, Posting
from settlement.services import Share
from settlement.services.holds import SharesWrong
from settlement.services.refunding import NotRefundable
from settlement.services.releasing import NotReleasable
from settlement.services.setting_off import SetOffWrong
from tests.factories.accounts import UniversityFactory
from tests.factories.money import held_deposit, transfer
from tests.factories.settlement import open_obligation, pay, started_payment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_challenge")]
yuan = Money.parse


@pytest.fixture(autouse=True)
def books_are_sound(db):
    yield
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []


def booked(kind):
    rows = Posting.objects.filter(entry__kind=kind).order_by("pk")
    return [(line.account_id, line.debit_fen, line.credit_fen) for line in rows]


def refreshed(row):
    return type(row).objects.get(pk=row.pk)


def test_a_paid_deposit_is_held_for_its_payer_and_waits_for_no_release():
    hold = held_deposit(yuan("500.00"))
    deposit = hold.obligation
    assert (hold.state, hold.left, hold.party) == ("held", yuan("500.00"), deposit.debtor)
    assert queries.balance("2005", party=deposit.debtor, ref=deposit) == yuan("500.00")
    assert deposit.release_at is None
    with pytest.raises(NotReleasable):
        services.release(obligation=deposit, actor=CLOCK)
    with pytest.raises(NotRefundable):
        services.refund_obligation(obligation=deposit, actor=SYSTEM, reason="x")


def test_a_deposit_given_back_is_refunded_to_its_payer():
    hold = services.release_hold(hold=held_deposit(yuan("500.00")), actor=SYSTEM, reason="trial over")
    assert (hold.state, refreshed(hold.obligation).state) == ("released", "refunding")
    assert booked("trial_deposit_returned") == [("2005", 500_00, 0), ("2013", 0, 500_00)]
    assert services.release_hold(hold=hold, actor=SYSTEM).state == "released"
    assert len(booked("trial_deposit_returned")) == 2


def test_a_forfeited_deposit_is_shared_to_the_fen():
    hold = held_deposit(yuan("50,000.00"), purpose="auction.deposit")
    seller = hold.obligation.creditor
    shares = [Share("2031", yuan("12,345.67")), Share("2011", yuan("37,654.33"), seller)]
    services.forfeit(hold=hold, shares=shares, actor=SYSTEM, reason="the winner did not pay")
    assert booked("deposit_forfeited") == [("2001", 50_000_00, 0), ("2031", 0, 12_345_67), ("2011", 0, 37_654_33)]
    assert refreshed(hold).state == "forfeited"
    own = Posting.objects.get(account_id="2031")
    assert own.ref_number == "4101"


def test_what_the_shares_of_a_forfeit_leave_goes_back():
    hold = held_deposit(yuan("100.00"), purpose="auction.deposit")
    services.forfeit(hold=hold, shares=[Share("2011", yuan("60.00"), hold.obligation.creditor)], actor=SYSTEM)
    assert refreshed(hold).returned_fen == 40_00
    assert queries.balance("2013") == yuan("40.00")


@pytest.mark.parametrize("parts", [["100.01"], ["60.00", "60.00"], ["0.00"], ["-1.00", "50.00"]])
def test_wrong_shares_are_refused(parts):
    hold = held_deposit(yuan("100.00"), purpose="auction.deposit")
    with pytest.raises(SharesWrong):
        services.forfeit(hold=hold, shares=[Share("2011", yuan(part), 1) for part in parts], actor=SYSTEM)
    assert refreshed(hold).state == "held"


def test_an_ended_hold_takes_no_other_end():
    hold = services.release_hold(hold=held_deposit(), actor=SYSTEM)
    for act in (
        lambda: services.forfeit(hold=hold, shares=[Share("2011", hold.amount, 1)], actor=SYSTEM),
        lambda: services.capture(hold=hold, parts=[Share("2011", hold.amount, 1)], actor=SYSTEM),
        lambda: services.expire(hold=hold),
    ):
        with pytest.raises(NotPossibleNow):
            act()


def test_a_bounty_cannot_be_forfeited():
    hold = held_deposit(purpose="challenge.bounty")
    with pytest.raises(NotPossibleNow):
        services.forfeit(hold=hold, shares=[Share("2011", hold.amount, 1)], actor=SYSTEM)


def test_a_bounty_is_used_by_milestones_and_the_rest_goes_back():
    team = UniversityFactory()
    hold = held_deposit(yuan("1,000.00"), purpose="challenge.bounty")
    for n, part in enumerate(("300.00", "400.00")):
        for _again in range(2):
            services.capture(
                hold=hold, parts=[Share("2011", yuan(part), team)], actor=SYSTEM, key=f"m{n}", keep_rest=True
            )
    hold = refreshed(hold)
    assert (hold.state, hold.left, queries.payable_to(team)) == ("held", yuan("300.00"), yuan("700.00"))
    services.release_hold(hold=hold, actor=SYSTEM, reason="third milestone called off")
    assert (refreshed(hold).state, queries.balance("2013")) == ("released", yuan("300.00"))
    assert refreshed(hold.obligation).released_at is not None


def test_the_last_milestone_ends_the_hold():
    hold = held_deposit(yuan("100.00"), purpose="challenge.bounty")
    services.capture(
        hold=hold,
        parts=[Share("2011", yuan("100.00"), hold.obligation.creditor)],
        actor=SYSTEM,
        key="m1",
        keep_rest=True,
    )
    assert refreshed(hold).state == "captured"


def test_a_captured_deposit_gives_its_rest_back():
    hold = held_deposit(yuan("100.00"))
    services.capture(hold=hold, parts=[Share("2011", yuan("30.00"), hold.obligation.creditor)], actor=SYSTEM)
    assert (refreshed(hold).state, queries.balance("2013")) == ("captured", yuan("70.00"))


def test_a_hold_nobody_decided_on_goes_back_by_the_clock():
    until = clock.database_now() + timedelta(days=30)
    hold = held_deposit(hold_until=until)
    with pytest.raises(NotPossibleNow):
        services.expire(hold=hold)
    assert ticks.expire_holds() == 0
    with clock.at(until):
        assert ticks.expire_holds() == 1
        assert ticks.expire_holds() == 0
    assert refreshed(hold).state == "expired"
    assert booked("trial_deposit_expired")[0] == ("2005", 1_000_00, 0)


def test_the_winners_deposit_counts_toward_the_price():
    bidder, seller = None, UniversityFactory()
    hold = held_deposit(yuan("50,000.00"), purpose="auction.deposit", creditor=seller)
    bidder = hold.party
    price = open_obligation(purpose="auction.price", amount=yuan("500,000.00"), debtor=bidder, creditor=seller)
    first = services.set_off(hold=hold, obligation=price, actor=SYSTEM)
    assert services.set_off(hold=hold, obligation=price, actor=SYSTEM) == first
    assert (refreshed(hold).state, refreshed(price).left) == ("captured", yuan("450,000.00"))
    assert booked("deposit_applied") == [("2001", 50_000_00, 0), ("2003", 0, 50_000_00)]
    assert pay(started_payment(refreshed(price))) == "accepted"
    assert refreshed(price).state == "paid"
    services.refund_obligation(obligation=refreshed(price), actor=SYSTEM, reason="the sale was annulled")
    assert booked("sale_annulled")[0] == ("2003", 500_000_00, 0)
    assert queries.balance("2013", party=bidder) == yuan("500,000.00")


def test_a_trial_deposit_above_the_fee_pays_it_and_the_rest_goes_back():
    hold = held_deposit(yuan("800.00"))
    fee = open_obligation(amount=yuan("600.00"), debtor=hold.party, creditor=hold.obligation.creditor)
    services.set_off(hold=hold, obligation=fee, actor=SYSTEM)
    assert (refreshed(fee).state, refreshed(hold).state) == ("paid", "captured")
    assert queries.balance("2002", ref=fee) == yuan("600.00")
    assert queries.balance("2013", party=hold.party) == yuan("200.00")


def test_a_deposit_does_not_count_toward_what_it_cannot_pay():
    hold = held_deposit(yuan("100.00"))
    somebody_elses = open_obligation(amount=yuan("100.00"))
    too_much = open_obligation(amount=yuan("100.01"), debtor=hold.party)
    other_kind = open_obligation(purpose="auction.price", amount=yuan("100.00"), debtor=hold.party)
    for one in (somebody_elses, too_much, other_kind):
        with pytest.raises(SetOffWrong):
            services.set_off(hold=hold, obligation=one, actor=SYSTEM)
    bounty = held_deposit(yuan("100.00"), purpose="challenge.bounty")
    with pytest.raises(SetOffWrong):
        services.set_off(hold=bounty, obligation=open_obligation(debtor=bounty.party), actor=SYSTEM)


def test_the_owner_hears_of_the_end_in_the_same_transaction(monkeypatch):
    heard = []

    def on_release(*, hold, now):
        heard.append(hold.number)

    monkeypatch.setitem(handlers._owners, "hold.release:license.trial_deposit", on_release)
    hold = services.release_hold(hold=held_deposit(), actor=SYSTEM)
    assert heard == [hold.number]


def test_a_bounty_may_be_funded_in_parts_and_goes_back_to_both_payments():
    due = open_obligation(purpose="challenge.bounty", amount=yuan("100.00"))
    for n, part in enumerate(("60.00", "40.00")):
        services.allocate(payment=transfer(yuan(part)), obligation=due, amount=yuan(part), actor=SYSTEM, key=f"b{n}")
    hold = Hold.objects.get(obligation=due)
    services.release_hold(hold=hold, actor=SYSTEM)
    assert sorted(due.refunds.values_list("amount_fen", flat=True)) == [40_00, 60_00]
