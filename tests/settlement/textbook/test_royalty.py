"""An entry fee, then a quarter's royalty of 3 % that comes thirty days late, and what being late costs."""

from datetime import timedelta
from decimal import Decimal

import pytest

from foundation.core import clock, handlers
from foundation.core.actors import CLOCK
from foundation.core.money import at_rate_bp
from settlement import late_fees, services
from settlement.models import LateCharge, Obligation
from tests.factories.bank import own_account
from tests.factories.payouts import payout_account
from tests.factories.settlement import open_obligation, paid_obligation, pay, started_payment
from tests.settlement.textbook.books import accounts, bank_pays, journal, send_payouts, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def royalties_are_accepted(monkeypatch):
    """The license behind it takes every payment."""
    for key in ("obligation.paid:license.royalty", "obligation.may_release:license.royalty"):
        monkeypatch.delitem(handlers._owners, key, raising=False)
    monkeypatch.delitem(handlers._owners, "income.source:license.royalty", raising=False)


def test_a_quarter_paid_thirty_days_late():
    own_account()
    entry_fee = paid_obligation(amount=yuan("50,000.00"))
    sides = {"debtor": entry_fee.debtor, "creditor": entry_fee.creditor}
    payout_account(entry_fee.creditor)
    assert accounts() == {"1001": "50,000.00", "2002": "50,000.00"}

    amount = at_rate_bp(yuan("1,234,567.89"), 300)
    assert amount == yuan("37,037.04")
    royalty = open_obligation(purpose="license.royalty", amount=amount, **sides)
    assert journal() == ["royalty_due: Dr 1121 37,037.04, Cr 2101 37,037.04"]
    owed = {"1121": "37,037.04", "2101": "37,037.04"}
    assert accounts() == {"1001": "50,000.00", "2002": "50,000.00", **owed}  # beside the client's money, not in it

    with clock.at(royalty.due_at - timedelta(microseconds=1) + timedelta(days=30)):
        pay(started_payment(royalty))
        assert journal(3) == [
            "royalty_received: Dr 1001 37,037.04, Cr 2002 37,037.04",
            "royalty_settled: Dr 2101 37,037.04, Cr 1121 37,037.04",
            "late_fee_due: Dr 1121 555.56, Cr 2101 555.56",
        ]
        assert accounts() == {"1001": "87,037.04", "2002": "87,037.04", "1121": "555.56", "2101": "555.56"}

        fee = Obligation.objects.get(purpose="license.late_fee")
        charge = LateCharge.objects.get(fee=fee)
        assert ((charge.until - charge.since).days, charge.amount_fen, fee.late_for) == (30, 555_56, royalty)
        pay(started_payment(fee))
        assert journal(2) == [
            "late_fee_received: Dr 1001 555.56, Cr 2002 555.56",
            "late_fee_settled: Dr 2101 555.56, Cr 1121 555.56",
        ]
        assert accounts() == {"1001": "87,592.60", "2002": "87,592.60"}

    fee.refresh_from_db()
    with clock.at(fee.release_at):
        for due in Obligation.objects.order_by("pk"):
            services.release(obligation=due, actor=CLOCK)
        assert accounts() == {"1001": "87,592.60", "2011": "87,592.60"}
        sent = send_payouts()
        assert [str(one.amount) for one in sent] == ["¥50,000.00", "¥37,037.04", "¥555.56"]
        bank_pays(sent)
    assert accounts() == {}


@pytest.mark.parametrize(
    ("principal", "days", "rate", "fee"),
    [
        ("37,037.04", 30, "5", "555.56"),
        ("100,000.00", 30, "5", "1,500.00"),
        ("100,000.00", 365, "5", "18,250.00"),
        ("100,000.00", 365, "10", "24,000.00"),  # 36.5 % a year: the cap of 24 % holds
        ("0.99", 1, "5", "0.00"),
        ("10.00", 1, "5", "0.01"),  # half a fen is a fen
    ],
)
def test_late_fees_are_simple_interest_with_a_cap(principal, days, rate, fee):
    assert late_fees.late_fee(yuan(principal), days, Decimal(rate), 2_400) == yuan(fee)
