"""kill -9 in the middle: nothing half done, and the next look finishes without hands."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

from foundation.core import clock as core_clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money
from sandboxbank import services as bank
from sandboxbank.models import Movement
from settlement import clock, queries, services
from settlement.models import JournalEntry, Obligation, ProviderEvent, Refund
from tests.factories.settlement import bank_says, paid_obligation, pay, started_payment

pytestmark = pytest.mark.django_db(transaction=True)
ACCEPT = """
import django; django.setup()
from foundation.core import handlers
handlers._owners["obligation.paid:license.fee"] = lambda **facts: "accepted"
handlers._owners["obligation.may_release:license.fee"] = lambda *, obligation: True
"""


def killed_at(step, code, **environment):
    """Run code in a process of its own that dies by SIGKILL at the step."""
    done = subprocess.run(
        [sys.executable, "-c", ACCEPT + code],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
            "KAIXU_TEST_DATABASE": django_settings.KAIXU_TEST_DATABASE,
            "CRASH_AT": step,
        }
        | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize(
    "step", ["settlement.callback.claimed", "settlement.callback.posted", "settlement.callback.booked"]
)
def test_a_message_cut_off_has_no_effect_and_has_it_once_when_sent_again(step):
    payment = started_payment()
    event = bank_says(payment)
    killed_at(
        step,
        f"""
from datetime import datetime
from foundation.core.money import Money
from settlement import services
from settlement.gateways.base import BankEvent
services.take_event(provider="sandbox", event=BankEvent({event.event_id!r}, {event.type!r}, {event.order_id!r},
    {event.transaction_id!r}, Money({event.amount.fen}), datetime.fromisoformat({event.occurred_at.isoformat()!r})))
""",
    )
    assert (JournalEntry.objects.count(), ProviderEvent.objects.count()) == (0, 0)
    assert services.take_event(provider="sandbox", event=event) == "accepted"
    assert services.take_event(provider="sandbox", event=event) == "repeated"
    assert queries.balance("1001") == Money(1_000_00)


def test_a_release_cut_off_is_done_by_the_next_look():
    obligation = paid_obligation()
    killed_at(
        "settlement.release.posted",
        f"""
from datetime import datetime
from foundation.core import clock
from settlement.clock import release_due
with clock.at(datetime.fromisoformat({obligation.release_at.isoformat()!r})):
    release_due()
""",
    )
    assert Obligation.objects.get().released_at is None
    with core_clock.at(obligation.release_at):
        assert clock.release_due() == 1
    assert (queries.balance("2002"), queries.balance("2011")) == (Money(0), Money(1_000_00))


@pytest.mark.parametrize("step", ["settlement.refund.ordered", "settlement.refund.sent"])
def test_a_refund_cut_off_moves_money_once(step, live_server, settings):
    settings.KAIXU_PUBLIC_URL = settings.KAIXU_SANDBOX_BANK_URL = live_server.url
    payment = started_payment()
    notify = f"{live_server.url}/api/v1/payments/callbacks/sandbox/"
    order = bank.create_order(order_id=payment.order_id, amount_fen=payment.amount_fen, subject="x", notify_url=notify)
    [movement] = bank.pay(order=order)
    pay(payment, transaction=movement.movement_id)
    payment.obligation.refresh_from_db()
    services.refund_obligation(obligation=payment.obligation, actor=SYSTEM, reason="declaration ended")
    killed_at(
        step,
        "from settlement.clock import pursue_refunds\npursue_refunds()",
        KAIXU_PUBLIC_URL=live_server.url,
        KAIXU_SANDBOX_BANK_URL=live_server.url,
    )
    assert Refund.objects.get().state == "requested"
    Refund.objects.update(next_try_at=database_now())
    assert clock.pursue_refunds() == 1
    assert (Refund.objects.get().state, Movement.objects.filter(kind="refund").count()) == ("done", 1)
    assert [queries.balance(code) for code in ("1001", "1131", "2013")] == [Money(0)] * 3
    payment.obligation.refresh_from_db()
    assert payment.obligation.state == "refunded"
