"""Random use of every verb of money never breaks a promise: a short run here, 100,000 steps with KAIXU_LONG=1."""

import os
import time

import hypothesis
import pytest
from hypothesis.stateful import run_state_machine_as_test

from settlement import gateways
from tests.settlement.random_books import long_run, machine, world
from tests.settlement.random_books.outgoing import ScriptedBank

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_challenge")]
IS_LONG = os.environ.get("KAIXU_LONG") == "1"
STEPS = int(os.environ.get("KAIXU_LONG_STEPS", "100000"))
SEED = int(os.environ.get("KAIXU_LONG_SEED", "1"))
ACTS_A_RUN = 120
LEAST = STEPS // 200  # each of `long_run.VERBS` takes effect so often in a long run


@pytest.fixture
def cast(transactional_db, monkeypatch, settings):
    """Everybody, and a bank that answers by messages only."""
    settings.KAIXU_SANDBOX_BANK, settings.KAIXU_FOUR_EYES_ABOVE_FEN = True, 1_000_000
    monkeypatch.setattr(gateways, "SANDBOX", ScriptedBank())
    made = world.Cast()
    world.owners_agree(monkeypatch, made)
    world.prepare_promises()
    monkeypatch.setattr(world.Stage, "cast", made, raising=False)
    for counter in (world.DONE, world.REFUSED, world.STEPS):
        counter.clear()
    return made


def report(seconds):
    rows = [f"{count:>8} {verb}" for verb, count in sorted(world.DONE.items())]
    refused = [f"{count:>8} {verb}" for verb, count in sorted(world.REFUSED.items())]
    head = f"{world.STEPS['taken']} steps in {seconds:.0f} s, {len(rows)} verbs"
    return "\n".join([head, "effects", *rows, "refusals", *refused])


def test_no_order_of_acts_breaks_a_promise(cast):
    settings = hypothesis.settings(
        max_examples=10, stateful_step_count=40, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine.Books, settings=settings)
    assert world.STEPS["taken"] >= 100


def test_even_use_of_all_verbs_breaks_no_promise(cast):
    wanted, began, runs = STEPS if IS_LONG else 250, time.monotonic(), SEED
    while world.STEPS["taken"] < wanted or (IS_LONG and world.DONE[long_run.rarest()[0]] < LEAST):
        long_run.long_run(ACTS_A_RUN, runs)
        runs += 1
        if IS_LONG and runs % 10 == 0:
            print(report(time.monotonic() - began), flush=True)  # noqa: T201
    if IS_LONG:
        print(report(time.monotonic() - began))  # noqa: T201
        assert {verb: world.DONE[verb] for verb in long_run.VERBS if world.DONE[verb] < LEAST} == {}
    assert len(world.DONE) > 30
