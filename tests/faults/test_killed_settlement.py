"""kill -9 at every named step of payouts, distributions and statement imports: finished in a minute, nothing twice.

`bin/test` takes one step of each kind; `bin/bench faults` (KAIXU_ALL_FAULTS) takes all and tells the seconds.
"""

import json
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from foundation.audit import invariants
from foundation.core import clock, handlers
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money
from sandboxbank.models import Movement
from settlement import queries
from settlement.gateways.bank_transfer import reference_of
from settlement.models import BankLine, Distribution, Freeze, Income, JournalEntry, Payment, Payout, PayoutRun
from settlement.services import distributing, noticing, runs, statement_import
from tests.factories import accounts, income, licenses, uptakes
from tests.factories.bank import Row, camt, own_account, send, today
from tests.factories.payouts import approved_run, payable, payout_account
from tests.factories.settlement import open_obligation
from tests.faults.killing import let_die, recovers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ALL = bool(os.environ.get("KAIXU_ALL_FAULTS"))
TOLD = os.environ.get("KAIXU_FAULTS_TOLD")
RULES = {"I1", "I3", "I4", "I12"}


def only_in_full(test):
    """Collect the test in the full run only."""
    return test if ALL else None


def some(*steps: str) -> list[str]:
    """All steps, or the first, where the run is to be short."""
    return list(steps if ALL else steps[:1])


def tell(step: str, seconds: float) -> None:
    """Leave the figure for the benchmark."""
    if TOLD:
        with Path(TOLD).open("a") as file:
            file.write(json.dumps([step, round(seconds, 1)]) + "\n")


@pytest.fixture
def bank(site, settings):
    settings.KAIXU_SANDBOX_BANK = True
    settings.KAIXU_SANDBOX_BANK_URL = settings.KAIXU_PUBLIC_URL = site.url
    return site


@pytest.fixture
def fees_are_taken(monkeypatch):
    """Obligations without a license are accepted, in this process."""
    monkeypatch.setitem(handlers._owners, "obligation.paid:license.fee", lambda **facts: "accepted")
    monkeypatch.setitem(handlers._owners, "obligation.may_release:license.fee", lambda *, obligation: True)


@pytest.mark.parametrize("step", some("payout.claimed", "payout.posted", "payout.sent", "payout.confirmed"))
def test_a_payout_run_survives(step, bank, fees_are_taken):
    for _n in range(3):
        payable()
    run = approved_run()
    name = "web" if step == "payout.confirmed" else "worker"
    let_die(bank, name, step, lambda: runs.begin_sending(run=run, actor=accounts.finance()))
    tell(
        step, recovers(bank, name, lambda: PayoutRun.objects.get().state == "done", "the run is done", at_once=not ALL)
    )
    assert Counter(Payout.objects.values_list("state", flat=True)) == {"done": 3}
    assert (Movement.objects.filter(kind="payout").count(), Payout.objects.count()) == (3, 3)
    for kind in ("payout_sent", "payout_confirmed"):
        assert JournalEntry.objects.filter(kind=kind).count() == 3
    assert [queries.balance(code) for code in ("2011", "1131", "1001")] == [Money(0)] * 3
    assert invariants.check(RULES) == []


@only_in_full  # one step of a payout run is enough here
def test_a_payout_file_survives(bank, fees_are_taken):
    own_account()
    for _n in range(3):
        payable()
    run = approved_run("file")
    let_die(bank, "worker", "payout.file", lambda: runs.begin_sending(run=run, actor=accounts.finance()))
    tell("payout.file", recovers(bank, "worker", lambda: PayoutRun.objects.get().file_id, "the file is written"))
    assert (PayoutRun.objects.get().state, JournalEntry.objects.filter(kind="payout_sent").count()) == ("sent", 3)
    assert invariants.check(RULES) == []


BANK_STEPS = (
    "settlement.bank.booked", "settlement.bank.written", "settlement.bank.claimed", "settlement.bank.settled",
    "settlement.callback.posted",
)  # fmt: skip


@pytest.mark.parametrize("step", some(*BANK_STEPS))
def test_a_statement_import_survives(step, bank, fees_are_taken):
    account = own_account()
    debts = [open_obligation(amount=Money(1_000_00 + n), purpose="license.royalty") for n in range(4)]
    rows = [Row(str(debt.amount.yuan), reference_of(debt).code) for debt in debts]
    batch = send(camt([*rows, Row("5.00", "不明")], day=today() - timedelta(days=1)), account)
    begin = {"batch": batch, "sha256": batch.sha256, "actor": accounts.finance()}
    let_die(bank, "worker", step, lambda: statement_import.confirm_statement_import(**begin))

    def written():
        batch.refresh_from_db()
        return batch.state == "imported" and not BankLine.objects.filter(state="new").exists()

    tell(step, recovers(bank, "worker", written, "the statement is taken over", at_once=not ALL))
    assert Counter(BankLine.objects.values_list("state", flat=True)) == {"matched": 4, "queued": 1}
    assert (Payment.objects.count(), JournalEntry.objects.filter(kind="receipt_unidentified").count()) == (5, 5)
    assert [debt.allocations.count() for debt in debts] == [1] * 4
    assert queries.balance("2014") == Money(5_00)
    assert invariants.check(RULES) == []


def in_escrow():
    """A fee that was paid two months ago for the patent of a university that lets the platform pay its inventors."""
    paid_at = database_now() - timedelta(days=60)
    with clock.at(paid_at):
        manager = accounts.patentee()
        patent = income.patent_of(manager.organization)
        income.policy(manager.organization, actor=manager, delegates_payout=True)
        declaration = licenses.published_declaration(patent=patent, actor=manager)
        license = uptakes.paid_license(declaration)
    return manager, license.obligation


@only_in_full  # the release is looked for once a minute
@pytest.mark.parametrize(
    "step", ["settlement.release.posted", "settlement.income.shared", "settlement.distribution.computed"]
)
def test_a_release_and_its_distribution_survive(step, bank):
    let_die(bank, "worker", step, in_escrow)
    seconds = recovers(bank, "worker", Distribution.objects.exists, "the fee is released and shared")
    tell(step, seconds)
    obligation = Income.objects.get().obligation
    assert (obligation.releases.count(), Distribution.objects.count(), Freeze.objects.count()) == (1, 1, 1)
    assert queries.balance("2002") == Money(0)
    assert invariants.check(RULES) == []


def in_notice():
    """A distribution whose notice is over."""
    manager, obligation = in_escrow()
    with clock.at(obligation.release_at):
        noticed = uptakes.settlement.release(obligation=obligation, actor=SYSTEM)
        made = Distribution.objects.get(share__income__obligation=noticed)
        made = distributing.confirm(distribution=made, actor=manager)
        return noticing.publish(distribution=made, actor=manager)


@only_in_full  # looked for twice a minute
def test_the_end_of_a_notice_survives(bank):
    step = "settlement.distribution.assigned"
    let_die(bank, "worker", step, in_notice)
    agreed = recovers(bank, "worker", lambda: Distribution.objects.get().state == "agreed", "the notice is over")
    tell(step, agreed)
    assert JournalEntry.objects.filter(kind="inventor_share_assigned").count() == 1
    shares = [line.amount for line in Distribution.objects.get().lines.all() if line.is_for_inventor]
    assert queries.balance("2012") == sum(shares, Money(0)) > Money(0)
    assert invariants.check(RULES) == []


@only_in_full  # takes the longest of all
def test_the_end_of_a_paid_distribution_survives(bank):
    made = in_notice()
    payout_account(made.institution)
    noticing.end_notice(distribution=made)

    def pay():
        runs.begin_sending(run=approved_run(), actor=accounts.finance())

    step = "settlement.distribution.paid"
    let_die(bank, "worker", step, pay)
    tell(step, recovers(bank, "worker", lambda: Distribution.objects.get().state == "paid", "it is paid"))
    shares = made.lines.filter(kind="inventor").count()
    assert JournalEntry.objects.filter(kind="inventor_share_sent").count() == shares > 0
    assert (queries.balance("2012"), queries.balance("1131")) == (Money(0), Money(0))
    assert Payout.objects.exclude(state="done").count() == 0
    assert made.lines.filter(kind="inventor", paid_at=None).count() == 0
    assert invariants.check(RULES) == []
