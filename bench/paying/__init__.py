"""A payout run over many sub-accounts whose process is killed in the middle (kill -9), until the bank has paid all."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from lxml import etree

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, machine_now
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.jobs import services as jobs
from foundation.jobs.models import Job
from foundation.jobs.services import HEARTBEAT_LOST_AFTER
from settlement import ledger, queries
from settlement.gateways.base import PAYOUT_SUCCEEDED, BankEvent
from settlement.models import JournalEntry, Payout, PayoutRun
from settlement.services import payouts, runs
from tests.factories.accounts import UniversityFactory, finance
from tests.factories.bank import own_account
from tests.factories.payouts import approved_run, payout_account

PAYEES, BATCH = 20, 500
CODE = "import django; django.setup()\nfrom foundation.jobs import services\nservices.run({job})"


@dataclass
class Outcome:
    """What is left to compare when all is over; ``sent_when_killed`` proves that the kill was in the middle."""

    count: int
    sent_when_killed: int = 0
    collected_s: float = 0
    sent_s: float = 0
    confirmed_s: float = 0
    wrong: list[str] = field(default_factory=list)


def make_due(count: int) -> int:
    """So many sub-accounts with money that is due to some payees; their sum in fen."""
    payees = [UniversityFactory() for _n in range(min(PAYEES, count))]
    for payee in payees:
        payout_account(payee)
    refs = [(Ref("bench.payable", n + 1, f"P-{n}"), payees[n % len(payees)], Money(100_00 + n)) for n in range(count)]
    for start in range(0, count, BATCH):
        part = refs[start : start + BATCH]
        total = sum((amount for _ref, _payee, amount in part), Money(0))
        held = [(amount, {"party": payee, "ref": ref}) for ref, payee, amount in part]
        came, due = ([ledger.credit(code, amount, **place) for amount, place in held] for code in ("2002", "2011"))
        _post("license_fee_received", start, [ledger.debit("1001", total), *came])
        _post("license_fee_released", start, [*(ledger.debit("2002", amount, **place) for amount, place in held), *due])
    return sum(amount.fen for _ref, _payee, amount in refs)


def _post(kind: str, start: int, lines: list) -> None:
    key = f"bench:{kind}:{start}"
    ledger.post(kind=kind, key=key, lines=lines, ref=Ref("bench.payable", start + 1), actor=SYSTEM)


def pay_out(count: int) -> Outcome:
    """Collect, approve, send with a kill in the middle, confirm: as a person and the bank would."""
    found = Outcome(count)
    total = make_due(count)
    own_account()
    begun = time.perf_counter()
    run = approved_run("file")
    found.collected_s, begun = time.perf_counter() - begun, time.perf_counter()
    run = runs.begin_sending(run=run, actor=finance())
    found.sent_when_killed = _kill_in_the_middle(run)
    jobs.take_up_lost(machine_now() + HEARTBEAT_LOST_AFTER + timedelta(seconds=5))
    jobs.run(run.job_id)
    found.sent_s, begun = time.perf_counter() - begun, time.perf_counter()
    _confirm(run)
    found.confirmed_s = time.perf_counter() - begun
    found.wrong = list(_wrong(run, count, total))
    return found


def _kill_in_the_middle(run: PayoutRun) -> int:
    """Let a process of its own do the job, and kill it when half is sent; how many were sent then."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "KAIXU_TEST_DATABASE": settings.KAIXU_TEST_DATABASE
    }  # fmt: skip
    code = [sys.executable, "-c", CODE.format(job=run.job_id)]
    process = subprocess.Popen(code, cwd=settings.BASE_DIR, env=environment, start_new_session=True)
    sent = run.payouts.filter(state="sent")
    try:
        while process.poll() is None and sent.count() < run.payouts.count() // 2:
            time.sleep(0.02)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return sent.count()


def _confirm(run: PayoutRun) -> None:
    """The bank says of every transfer in the file that it is done, as a line of a statement does; every tenth twice."""
    for place, number in enumerate(in_file(run)):
        event = BankEvent(event_id=f"bench:{number}", type=PAYOUT_SUCCEEDED, occurred_at=database_now())
        for _time in range(2 if place % 10 == 0 else 1):
            payouts.note_answer(number, event)


def in_file(run: PayoutRun) -> list[str]:
    """The end-to-end ids of the file for the bank, as they stand there."""
    run.refresh_from_db()
    with run.file.content.open("rb") as content:
        return [one.text for one in etree.parse(content).iter("{*}EndToEndId")]


def _wrong(run: PayoutRun, count: int, total: int):
    """Everything that is not as it has to be: each once, nothing left, the job done."""
    states = Counter(Payout.objects.values_list("state", flat=True))
    if states != {"done": count}:
        yield f"states {dict(states)}"
    numbers = in_file(run)
    if len(set(numbers)) != count or len(numbers) != count:
        yield "the file does not hold each payout once"
    for kind in ("payout_sent", "payout_confirmed"):
        if JournalEntry.objects.filter(kind=kind).count() != count:
            yield f"{kind} was not booked {count} times"
    if Payout.objects.aggregate(fen=Sum("amount_fen"))["fen"] != total:
        yield "another sum was paid"
    if [queries.balance(code) for code in ("2011", "1131", "1001")] != [Money(0)] * 3:
        yield "money is left over"
    if Job.objects.get(pk=run.job_id).state != "done":
        yield "the job did not end"
