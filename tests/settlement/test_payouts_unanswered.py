"""The bank takes a payout and its answer is lost, or the order itself: asked by our id before anything is repeated."""

import http.client
import random
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from foundation.audit import invariants
from foundation.core.clock import machine_now
from foundation.core.money import Money
from foundation.jobs import services as jobs
from sandboxbank.models import Movement
from settlement import clock_payouts, queries
from settlement.models import JournalEntry, Payout
from settlement.services import runs
from tests.factories.accounts import finance
from tests.factories.payouts import approved_run, payable

pytestmark = pytest.mark.django_db(transaction=True)
COUNT, ROUNDS = 12, 12


class Line(ThreadingHTTPServer):
    """Stands between us and the bank. ``mood(method)`` says "fine", "answer lost" or "order lost"."""

    daemon_threads = True

    def __init__(self, bank: str, mood):
        super().__init__(("127.0.0.1", 0), Wire)
        self.bank, self.mood, self.heard = urlsplit(bank).netloc, mood, []


class Wire(BaseHTTPRequestHandler):
    def log_message(self, *words):
        """Quiet."""

    def do_POST(self):
        self.pass_on("POST")

    def do_GET(self):
        self.pass_on("GET")

    def pass_on(self, method):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        mood = self.server.mood(method)
        self.server.heard.append((method, self.path, body, mood))
        if mood == "order lost":
            self.close_connection = True
            return
        with_bank = http.client.HTTPConnection(self.server.bank, timeout=30)
        with_bank.request(method, self.path, body or None, dict(self.headers))
        answer = with_bank.getresponse()
        content = answer.read()
        with_bank.close()
        if mood == "answer lost":
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def line(live_server, settings):
    """A line that is fine until a test says otherwise."""
    made = Line(live_server.url, lambda method: "fine")
    threading.Thread(target=made.serve_forever, daemon=True).start()
    settings.KAIXU_SANDBOX_BANK = True
    settings.KAIXU_PUBLIC_URL = live_server.url
    settings.KAIXU_SANDBOX_BANK_URL = f"http://127.0.0.1:{made.server_port}"
    yield made
    made.shutdown()
    made.server_close()


def ask_again():
    Payout.objects.filter(state="sent").update(next_check_at=machine_now())
    clock_payouts.pursue_payouts()


def sent_run(count=1):
    for _n in range(count):
        payable()
    run = runs.begin_sending(run=approved_run(), actor=finance())
    jobs.run(run.job_id)


def each_paid_once(count):
    numbers = set(Payout.objects.values_list("number", flat=True))
    moved = Counter(Movement.objects.filter(kind="payout").values_list("request_id", flat=True))
    assert moved == Counter(dict.fromkeys(numbers, 1))
    assert len(numbers) == count
    assert JournalEntry.objects.filter(kind="payout_confirmed").count() == count
    assert (queries.balance("2011"), queries.balance("1131")) == (Money(0), Money(0))
    assert invariants.check({"I1", "I3", "I4", "I12"}) == []


@pytest.mark.parametrize(("mood", "orders"), [("answer lost", 1), ("order lost", 2)])
def test_an_order_without_an_answer_is_asked_about_before_it_is_repeated(line, mood, orders):
    moods = iter([mood])
    line.mood = lambda method: next(moods, "fine")
    sent_run()
    assert Payout.objects.get().state == "sent"
    for _n in range(3):
        ask_again()
    heard = [method for method, path, _body, _mood in line.heard if "payouts/" in path]
    assert heard[:2] == ["POST", "GET"]
    assert heard.count("POST") == orders
    each_paid_once(1)


def test_over_a_bad_line_each_of_twelve_is_paid_once(line):
    dice = random.Random(5)
    line.mood = lambda method: dice.choice(("fine", "answer lost", "order lost"))
    sent_run(COUNT)
    for _round in range(ROUNDS):
        ask_again()
    line.mood = lambda method: "fine"
    for _round in range(2):
        ask_again()
    assert {"answer lost", "order lost"} <= {mood for method, _path, _body, mood in line.heard if method == "POST"}
    each_paid_once(COUNT)
