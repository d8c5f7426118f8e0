"""Payout runs: what is collected, who approves, what is sent."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from settlement import queries
from settlement.models import Payout, PayoutRun
from settlement.services import bank_accounts, freezes, payouts, runs, second_person
from tests.factories.accounts import finance, licensee, officer
from tests.factories.payouts import (
    APPROVED,
    approved_run,
    collected_run,
    decided,
    payable,
    released_obligation,
    review_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sandbox(settings):
    settings.KAIXU_SANDBOX_BANK = True


def test_a_run_takes_all_that_is_due_and_has_an_account():
    first, second = payable(), payable(Money(250_00))
    released_obligation()  # its payee has no account
    run = collected_run()
    found = sorted((one.ref_id, one.amount_fen, one.account_id) for one in run.payouts.all())
    assert found == sorted([(first.pk, 1_000_00, "2011"), (second.pk, 250_00, "2011")])
    obstacles = sorted(one.obstacle for one in queries.due_to_payees())
    assert obstacles == ["no_account", "waits", "waits"]


def test_what_is_frozen_is_not_paid_out():
    obligation = payable()
    freezes.place(account="2011", party=obligation.creditor_id, ref=obligation, amount=Money(400_00), kind="court",
                  basis=obligation, actor=finance())  # fmt: skip
    assert collected_run().payouts.get().amount == Money(600_00)


def test_the_same_key_gives_the_same_run_and_a_second_run_takes_nothing_twice():
    payable()
    clerk = finance()
    first = runs.collect_run(rail="sandbox", actor=clerk, key="same")
    assert runs.collect_run(rail="sandbox", actor=clerk, key="same").pk == first.pk
    with pytest.raises(runs.NothingToPay):
        runs.collect_run(rail="sandbox", actor=clerk, key="other")


def test_only_finance_makes_runs_and_only_over_a_known_way():
    payable()
    with pytest.raises(NotAllowed):
        runs.collect_run(rail="file", actor=licensee(), key="x")
    with pytest.raises(Invalid) as refusal:
        runs.collect_run(rail="pigeon", actor=finance(), key="x")
    assert refusal.value.field == "rail"


def test_a_small_run_is_approved_at_once_and_a_large_one_by_a_second_person(settings):
    payable()
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 1_000_00
    assert runs.submit_run(run=collected_run(), actor=finance()).state == "approved"
    payable(Money(1_000_01))
    run = runs.submit_run(run=collected_run(), actor=finance())
    assert (run.state, run.approved_by_id) == ("waiting", None)
    second = officer()
    runs.decide_run(review=review_of(run), decision=APPROVED, actor=second)
    run.refresh_from_db()
    assert (run.state, run.approved_by_id) == ("approved", second.user_id)


def test_a_rejected_run_goes_back_and_may_be_submitted_again(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    payable()
    run = runs.submit_run(run=collected_run(), actor=finance())
    assert decided(run, runs.REVIEW, "reject").state == "draft"
    again = runs.submit_run(run=run, actor=finance())
    assert decided(again, runs.REVIEW).state == "approved"


def test_a_returned_run_is_submitted_again_in_the_same_case(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    payable()
    run = decided(runs.submit_run(run=collected_run(), actor=finance()), runs.REVIEW, "return")
    assert run.state == "draft"
    assert decided(runs.submit_run(run=run, actor=finance()), runs.REVIEW).state == "approved"


def test_nobody_approves_a_run_of_their_own(settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    payable()
    maker = finance()
    run = runs.submit_run(run=collected_run(actor=maker), actor=maker)
    with pytest.raises(second_person.OwnWork):
        runs.decide_run(review=review_of(run), decision=APPROVED, actor=SimpleNamespace(user_id=maker.user_id))
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutRun.objects.filter(pk=run.pk).update(needs_second=True, approved_by_id=maker.user_id)


def test_a_payout_left_out_is_due_again():
    payable()
    run = collected_run()
    with pytest.raises(Invalid):
        runs.drop_payout(payout=run.payouts.get(), actor=finance(), reason=" ")
    runs.drop_payout(payout=run.payouts.get(), actor=finance(), reason="Ask first.")
    assert collected_run().payouts.count() == 1
    with pytest.raises(runs.NothingToPay):
        runs.submit_run(run=run, actor=finance())


def test_a_cancelled_run_frees_what_it_had():
    payable()
    runs.cancel_run(run=approved_run(), actor=finance(), reason="Wrong day.")
    assert collected_run().payouts.count() == 1


def test_a_run_is_not_sent_before_it_is_approved():
    payable()
    with pytest.raises(NotPossibleNow):
        runs.begin_sending(run=collected_run(), actor=finance())


def test_amount_and_destination_of_a_payout_never_change():
    payable()
    collected_run()
    for change in ({"amount_fen": 1}, {"number_encrypted": "k1.x"}, {"bank_code": "000000000000"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payout.objects.update(**change)


def test_a_payout_is_left_out_when_its_account_is_taken_back_or_less_is_due():
    first, second = payable(), payable()
    run = approved_run()
    bank_accounts.withdraw_account(account=bank_accounts.account_of(first.creditor_id), actor=_owner(first))
    freezes.place(account="2011", party=second.creditor_id, ref=second, amount=Money(1), kind="court", basis=run,
                  actor=finance())  # fmt: skip
    for payout in run.payouts.all():
        assert payouts.put_in_transit(payout).state == "dropped"
    assert queries.balance("2011") == Money(2_000_00)


def _owner(obligation):
    return obligation.creditor.memberships.filter(role="owner").first()
