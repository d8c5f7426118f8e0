"""A license fee paid at once: into escrow, released after seven days, paid out, confirmed; with and without own fee."""

from datetime import date

import pytest

from foundation.core import clock
from foundation.core.actors import CLOCK
from foundation.core.money import Money, split
from settlement import queries, services
from settlement.models import FeeRule
from settlement.services import sweeping
from tests.factories.accounts import finance
from tests.factories.bank import own_account
from tests.factories.money import transfer
from tests.factories.payouts import payout_account
from tests.factories.settlement import TWO_PERSONS, open_obligation, paid_obligation, pay, started_payment
from tests.settlement.textbook.books import (
    accounts,
    bank_pays,
    bank_refunds,
    journal,
    send_payouts,
    send_refunds,
    yuan,
)

pytestmark = pytest.mark.django_db


def test_sixty_thousand_from_the_licensee_to_the_patentee():
    own_account()
    fee = open_obligation(amount=yuan("60,000.00"))
    payout_account(fee.creditor)
    assert accounts() == {}  # what is owed is no money yet

    pay(started_payment(fee))
    assert journal() == ["license_fee_received: Dr 1001 60,000.00, Cr 2002 60,000.00"]
    assert accounts() == {"1001": "60,000.00", "2002": "60,000.00"}

    fee.refresh_from_db()
    with clock.at(fee.release_at):
        services.release(obligation=fee, actor=CLOCK)
        assert journal() == ["license_fee_released: Dr 2002 60,000.00, Cr 2011 60,000.00"]
        assert accounts() == {"1001": "60,000.00", "2011": "60,000.00"}

        sent = send_payouts()
        assert journal() == ["payout_sent: Dr 2011 60,000.00, Cr 1131 60,000.00"]
        assert accounts() == {"1001": "60,000.00", "1131": "-60,000.00"}

        bank_pays(sent)
        assert journal() == ["payout_confirmed: Dr 1131 60,000.00, Cr 1001 60,000.00"]
        assert accounts() == {}


def test_the_platform_keeps_two_percent_and_sweeps_them():
    FeeRule.objects.create(purpose="license.fee", valid_from=date(2020, 1, 1), rate_bp=200, **TWO_PERSONS)
    fee = paid_obligation(amount=yuan("60,000.00"))
    with clock.at(fee.release_at):
        services.release(obligation=fee, actor=CLOCK)
        assert journal() == [
            "license_fee_released: Dr 2002 60,000.00, Cr 2011 58,728.00, Cr 2031 1,200.00, Cr 2031 72.00"
        ]
        assert accounts() == {"1001": "60,000.00", "2011": "58,728.00", "2031": "1,272.00"}

        sweeping.sweep(actor=finance(), key="month")
    assert journal(2) == [
        "fee_swept: Dr 2031 72.00, Dr 2031 1,200.00, Cr 1001 1,272.00",
        "fee_earned: Dr 1002 1,272.00, Cr 2021 72.00, Cr 4001 1,200.00",
    ]
    assert accounts() == {
        "1001": "58,728.00", "1002": "1,272.00", "2011": "58,728.00", "2021": "72.00", "4001": "1,200.00",
    }  # fmt: skip


def test_ten_thousand_in_three_instalments_lose_no_fen():
    parts = split(yuan("10,000.00"), [1, 1, 1])
    assert parts == [yuan("3,333.34"), yuan("3,333.33"), yuan("3,333.33")]
    for part in parts:
        pay(started_payment(open_obligation(purpose="license.instalment", amount=part)))
    assert accounts() == {"1001": "10,000.00", "2002": "10,000.00"}


def test_unclear_money_of_25000_that_belongs_to_a_license_then_goes_back():
    fee, receipt = open_obligation(amount=yuan("25,000.00")), transfer(yuan("25,000.00"))
    assert journal() == ["receipt_unidentified: Dr 1001 25,000.00, Cr 2014 25,000.00"]
    assert accounts() == {"1001": "25,000.00", "2014": "25,000.00"}

    services.allocate(payment=receipt, obligation=fee, amount=fee.amount, actor=finance(), key="desk")
    assert journal() == ["receipt_matched: Dr 2014 25,000.00, Cr 2002 25,000.00"]
    assert accounts() == {"1001": "25,000.00", "2002": "25,000.00"}

    services.refund_obligation(obligation=fee, actor=finance(), reason="withdrawn")
    assert journal() == ["license_fee_refunded: Dr 2002 25,000.00, Cr 2013 25,000.00"]
    send_refunds()
    shown = queries.equation()
    assert (shown.bank, shown.in_transit, shown.owed) == (yuan("25,000.00"), yuan("25,000.00"), Money(0))
    bank_refunds()
    assert accounts() == {}
