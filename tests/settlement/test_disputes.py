"""A dispute freezes its part only; an agreement or a ruling moves the money by the split."""

from datetime import timedelta

import pytest
from django.conf import settings as conf

from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import clock_payouts, queries, services
from settlement.models import Refund
from settlement.services import dispute_outcomes, disputes, freezes
from tests.factories.accounts import finance, licensee, member, officer
from tests.factories.payouts import released_obligation
from tests.factories.settlement import open_obligation, paid_obligation

pytestmark = pytest.mark.django_db


def sides(obligation):
    return (
        member("licensing_user", organization=obligation.debtor),
        member("ip_manager", organization=obligation.creditor),
    )


def disputed(fen=400_00, obligation=None):
    obligation = obligation or paid_obligation()
    payer, payee = sides(obligation)
    made = disputes.open_dispute(obligation=obligation, amount=Money(fen), claim="Nothing was delivered.", actor=payer)
    return made, payer, payee


def test_only_the_disputed_part_stays_in_escrow():
    dispute, _payer, _payee = disputed()
    obligation = dispute.obligation
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    assert (queries.balance("2002"), queries.balance("2011")) == (Money(400_00), Money(600_00))


def test_a_settlement_moves_the_money_by_the_agreed_split():
    dispute, payer, payee = disputed()
    dispute = disputes.answer_dispute(dispute=dispute, answer="It was delivered in part.", actor=payee)
    made = dispute_outcomes.offer(dispute=dispute, back=Money(150_00), text="Meet halfway.", actor=payee)
    assert dispute_outcomes.agree(offer=made, actor=payee).state == "negotiation"
    settled = dispute_outcomes.agree(offer=made, actor=payer)
    assert (settled.state, settled.back) == ("settled", Money(150_00))
    assert dispute_outcomes.agree(offer=made, actor=payer).state == "settled"
    assert (Refund.objects.get().amount, queries.balance("2002")) == (Money(150_00), Money(850_00))
    with clock.at(settled.obligation.release_at):
        services.release(obligation=settled.obligation, actor=CLOCK)
    assert queries.balance("2011") == Money(850_00)


def test_what_was_released_and_not_paid_out_is_frozen_and_goes_back_too():
    dispute, _payer, _payee = disputed(1_000_00, released_obligation())
    obligation = dispute.obligation
    assert freezes.frozen(account="2011", party=obligation.creditor_id, ref=obligation) == Money(1_000_00)
    disputes.answer_dispute(dispute=dispute, answer="No.", actor=_payee)
    dispute.refresh_from_db()
    failed = disputes.declare_failed(dispute=dispute, actor=_payer, reason="No agreement.")
    court = disputes.refer(
        dispute=failed, actor=_payer, forum="南京市中级人民法院", forum_reference="(2026)苏01民初1号"
    )
    ended = dispute_outcomes.carry_out_ruling(dispute=court, back=Money(1_000_00), outcome="Repay.", actor=officer())
    obligation.refresh_from_db()
    assert (ended.state, obligation.state) == ("closed", "refunding")
    assert (queries.balance("2011"), queries.balance("2013")) == (Money(0), Money(1_000_00))


def test_without_an_answer_it_goes_on_after_seven_days():
    dispute, payer, _payee = disputed()
    assert clock_payouts.move_disputes() == 0
    with clock.at(dispute.due_at - timedelta(seconds=1)):
        assert clock_payouts.move_disputes() == 0
    with clock.at(dispute.due_at):
        assert clock_payouts.move_disputes() == 1
    dispute.refresh_from_db()
    assert dispute.state == "negotiation"
    assert disputes.ask_mediation(dispute=dispute, actor=payer, reason="No answer.").state == "mediation"


def test_what_nobody_brings_before_a_court_is_free_again():
    dispute, payer, payee = disputed()
    disputes.answer_dispute(dispute=dispute, answer="No.", actor=payee)
    dispute.refresh_from_db()
    failed = disputes.declare_failed(dispute=dispute, actor=payer, reason="No.")
    assert failed.due_at == disputes.deadline(conf.KAIXU_DISPUTE_COURT_DAYS)
    with clock.at(failed.due_at):
        assert clock_payouts.move_disputes() == 1
    obligation = dispute.obligation
    assert freezes.frozen(account="2002", party=obligation.creditor_id, ref=obligation) == Money(0)


def test_a_withdrawn_dispute_frees_the_money_and_another_may_follow():
    dispute, payer, payee = disputed()
    with pytest.raises(disputes.AlreadyDisputed):
        disputed(1, dispute.obligation)
    with pytest.raises(NotAllowed):
        disputes.withdraw_dispute(dispute=dispute, actor=payee)
    assert disputes.withdraw_dispute(dispute=dispute, actor=payer).state == "withdrawn"
    assert disputed(1, dispute.obligation)[0].state == "open"


def test_a_mediator_may_offer_in_mediation_only_and_both_have_to_agree():
    dispute, payer, payee = disputed()
    disputes.answer_dispute(dispute=dispute, answer="No.", actor=payee)
    dispute.refresh_from_db()
    mediator = officer()
    with pytest.raises(NotAllowed):
        dispute_outcomes.offer(dispute=dispute, back=Money(1), text="", actor=mediator)
    dispute = disputes.ask_mediation(dispute=dispute, actor=payee, reason="Please.")
    dispute = disputes.appoint_mediator(dispute=dispute, mediator="王调解员", actor=mediator)
    made = dispute_outcomes.offer(dispute=dispute, back=Money(0), text="", actor=mediator)
    assert dispute_outcomes.agree(offer=made, actor=payer).state == "mediation"
    assert dispute_outcomes.agree(offer=made, actor=payee).state == "settled"
    assert Refund.objects.count() == 0


def test_a_declined_or_replaced_offer_does_not_stand():
    dispute, payer, payee = disputed()
    first = dispute_outcomes.offer(dispute=dispute, back=Money(10_00), text="", actor=payer)
    second = dispute_outcomes.offer(dispute=dispute, back=Money(20_00), text="", actor=payer)
    with pytest.raises(dispute_outcomes.OfferGone):
        dispute_outcomes.agree(offer=first, actor=payee)
    dispute_outcomes.decline(offer=second, actor=payee)
    with pytest.raises(dispute_outcomes.OfferGone):
        dispute_outcomes.agree(offer=second, actor=payee)


@pytest.mark.parametrize("fen", [0, -1, 1_000_01])
def test_only_what_is_there_can_be_disputed(fen):
    with pytest.raises(disputes.DisputedTooMuch):
        disputed(fen)


def test_strangers_and_unpaid_money_have_no_dispute():
    obligation = open_obligation()
    with pytest.raises(disputes.DisputedTooMuch):
        disputed(1, obligation)
    for stranger in (licensee(), finance(), member("inventor", organization=obligation.debtor)):
        with pytest.raises(NotAllowed):
            disputes.open_dispute(obligation=obligation, amount=Money(1), claim="x", actor=stranger)


def test_words_and_states_are_asked_for():
    dispute, payer, payee = disputed()
    with pytest.raises(Invalid):
        disputes.answer_dispute(dispute=dispute, answer=" ", actor=payee)
    with pytest.raises(NotAllowed):
        disputes.answer_dispute(dispute=dispute, answer="I answer myself.", actor=payer)
    with pytest.raises(NotPossibleNow):
        disputes.refer(dispute=dispute, actor=payer, forum="x", forum_reference="y")
    with pytest.raises(Invalid):
        dispute_outcomes.offer(dispute=dispute, back=Money(400_01), text="", actor=payer)
