"""A worker killed at any step of a payout run: it is finished after the restart, and each is paid once."""

import pytest

from foundation.core.clock import machine_now
from foundation.core.money import Money
from foundation.jobs import services as jobs
from foundation.jobs.models import Job
from foundation.jobs.services import HEARTBEAT_LOST_AFTER
from sandboxbank.models import Movement
from settlement import clock_payouts, queries
from settlement.models import JournalEntry, Payout, PayoutRun
from settlement.services import payouts, runs
from tests.factories.accounts import finance
from tests.factories.payouts import approved_run, payable
from tests.settlement.test_crashes import killed_at
from tests.settlement.test_races import at_once, done

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bank(live_server, settings):
    settings.KAIXU_SANDBOX_BANK = True
    settings.KAIXU_PUBLIC_URL = settings.KAIXU_SANDBOX_BANK_URL = live_server.url
    return {
        "KAIXU_PUBLIC_URL": live_server.url,
        "KAIXU_SANDBOX_BANK_URL": live_server.url,
        "KAIXU_SANDBOX_BANK": "1",
    }


def ask_now():
    """Two looks of the clock: one orders what never reached the bank, one asks what became of it."""
    for _n in range(2):
        Payout.objects.filter(state="sent").update(next_check_at=machine_now())
        clock_payouts.pursue_payouts()


@pytest.mark.parametrize("step", ["payout.claimed", "payout.posted", "payout.sent"])
def test_a_run_cut_off_is_finished_and_pays_each_once(step, bank):
    for _n in range(3):
        payable()
    run = runs.begin_sending(run=approved_run(), actor=finance())
    killed_at(step, f"from foundation.jobs import services\nservices.run({run.job_id})", **bank)
    Job.objects.filter(pk=run.job_id).update(heartbeat_at=machine_now() - 2 * HEARTBEAT_LOST_AFTER)
    jobs.take_up_lost()
    jobs.run(run.job_id)
    ask_now()
    assert sorted(Payout.objects.values_list("state", flat=True)) == ["done"] * 3
    assert Movement.objects.filter(kind="payout").count() == 3
    assert JournalEntry.objects.filter(kind="payout_sent").count() == 3
    assert [queries.balance(code) for code in ("2011", "1131", "1001")] == [Money(0)] * 3
    assert PayoutRun.objects.get().state == "done"


def test_an_answer_cut_off_is_taken_by_the_next_look(bank):
    payable()
    run = runs.begin_sending(run=approved_run(), actor=finance())
    jobs.run(run.job_id)
    Payout.objects.update(next_check_at=machine_now())
    killed_at("payout.confirmed", "from settlement import clock_payouts\nclock_payouts.pursue_payouts()", **bank)
    assert Payout.objects.get().state == "sent"
    ask_now()
    assert (Payout.objects.get().state, queries.balance("1131")) == ("done", Money(0))


def test_two_workers_at_once_order_each_payout_once(bank):
    payable()
    run = runs.begin_sending(run=approved_run(), actor=finance())
    jobs.run(run.job_id)
    payout = Payout.objects.get()
    at_once([lambda: payouts.pursue_payout(payout=payout)] * 4)
    assert Movement.objects.filter(kind="payout").count() == 1
    assert JournalEntry.objects.filter(kind="payout_confirmed").count() == 1


def test_of_six_runs_collected_at_once_each_sub_account_stands_in_one():
    for _n in range(4):
        payable()
    clerk = finance()
    acts = [lambda n=n: runs.collect_run(rail="file", actor=clerk, key=f"at-once-{n}") for n in range(6)]
    made = done(at_once(acts))
    assert len(made) >= 1
    assert Payout.objects.count() == 4
    assert Payout.objects.values("ref_id").distinct().count() == 4
