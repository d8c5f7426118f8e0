"""Escrow becomes payable after seven days, unless somebody objects."""

from datetime import timedelta

import pytest

from foundation.core import clock, handlers
from foundation.core.actors import CLOCK
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import clock as settlement_clock
from settlement import queries, services
from settlement.services.objections import AlreadyObjected
from settlement.services.refunding import NotRefundable
from settlement.services.releasing import NotReleasable
from tests.factories.accounts import finance, member, patentee
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db


def payer_of(obligation):
    return member("licensing_user", organization=obligation.debtor)


def held_and_payable(obligation):
    return queries.held_for(obligation.creditor), queries.payable_to(obligation.creditor)


def test_nothing_is_released_before_the_seventh_day_and_everything_at_it():
    obligation = paid_obligation()
    with clock.at(obligation.release_at - timedelta(seconds=1)):
        assert settlement_clock.release_due() == 0
        with pytest.raises(NotReleasable):
            services.release(obligation=obligation, actor=finance())
    with clock.at(obligation.release_at):
        assert settlement_clock.release_due() == 1
        assert settlement_clock.release_due() == 0
    assert held_and_payable(obligation) == (Money(0), Money(1_000_00))
    obligation.refresh_from_db()
    assert (obligation.state, obligation.released_at) == ("paid", obligation.release_at)


def test_releasing_twice_books_once():
    obligation = paid_obligation()
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
        services.release(obligation=obligation, actor=CLOCK)
    assert held_and_payable(obligation) == (Money(0), Money(1_000_00))


def test_only_finance_and_the_clock_release():
    with pytest.raises(NotAllowed):
        services.release(obligation=paid_obligation(), actor=patentee())


def test_what_is_left_after_a_partial_refund_is_released():
    obligation = paid_obligation()
    services.refund(payment=obligation.payments.get(), amount=Money(400_00), actor=CLOCK, reason="part")
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    assert held_and_payable(obligation) == (Money(0), Money(600_00))


def test_released_money_is_not_refunded_any_more():
    obligation = paid_obligation()
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
        with pytest.raises(NotRefundable):
            services.refund_obligation(obligation=obligation, actor=CLOCK, reason="x")


def test_the_owner_of_the_purpose_can_keep_the_money_back(monkeypatch):
    monkeypatch.setitem(handlers._owners, "obligation.may_release:license.fee", lambda *, obligation: False)
    obligation = paid_obligation()
    with clock.at(obligation.release_at):
        assert settlement_clock.release_due() == 0


def test_an_objection_keeps_the_money_until_finance_settles_it():
    obligation = paid_obligation()
    services.raise_objection(obligation=obligation, actor=payer_of(obligation), reason="The patent lapsed.")
    with pytest.raises(AlreadyObjected):
        services.raise_objection(obligation=obligation, actor=payer_of(obligation), reason="Again.")
    with clock.at(obligation.release_at):
        assert settlement_clock.release_due() == 0
        with pytest.raises(NotReleasable):
            services.release(obligation=obligation, actor=CLOCK)
        services.settle_objection(obligation=obligation, actor=finance(), outcome="The patent is in force.")
        assert settlement_clock.release_due() == 1


def test_who_objects_and_who_settles():
    obligation = paid_obligation()
    with pytest.raises(NotAllowed):
        services.raise_objection(
            obligation=obligation, actor=member("ip_manager", organization=obligation.creditor), reason="x"
        )
    with pytest.raises(NotAllowed):
        services.settle_objection(obligation=obligation, actor=payer_of(obligation), outcome="x")
    with pytest.raises(NotPossibleNow):
        services.settle_objection(obligation=obligation, actor=finance(), outcome="x")
    with pytest.raises(Invalid) as refusal:
        services.raise_objection(obligation=obligation, actor=payer_of(obligation), reason="   ")
    assert refusal.value.field == "reason"
    unpaid = open_obligation()
    with pytest.raises(NotPossibleNow):
        services.raise_objection(obligation=unpaid, actor=payer_of(unpaid), reason="x")
