"""A bounty with three milestones that ends after two: each accepted one is due to the team, the rest goes back."""

import pytest

from foundation.core.actors import SYSTEM
from settlement import queries, services
from settlement.services import Share
from tests.factories.accounts import OrganizationFactory
from tests.factories.bank import own_account
from tests.factories.money import held_deposit
from tests.factories.payouts import payout_account
from tests.settlement.textbook.books import (
    accounts,
    bank_pays,
    bank_refunds,
    journal,
    send_payouts,
    send_refunds,
    yuan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_challenge")]


def test_a_bounty_of_100000_in_milestones_of_30_30_and_40_percent():
    own_account()
    team = OrganizationFactory()
    payout_account(team)
    hold = held_deposit(yuan("100,000.00"), purpose="challenge.bounty")
    assert journal() == ["bounty_funded: Dr 1001 100,000.00, Cr 2004 100,000.00"]
    assert accounts() == {"1001": "100,000.00", "2004": "100,000.00"}

    def accept(milestone, amount):
        part = Share("2011", yuan(amount), team)
        return services.capture(hold=hold, parts=[part], actor=SYSTEM, key=milestone, keep_rest=True)

    accept("m1", "30,000.00")
    assert journal() == ["bounty_accepted: Dr 2004 30,000.00, Cr 2011 30,000.00"]
    assert accounts() == {"1001": "100,000.00", "2004": "70,000.00", "2011": "30,000.00"}

    accept("m2", "30,000.00")
    accept("m2", "30,000.00")  # said twice, done once
    assert accounts() == {"1001": "100,000.00", "2004": "40,000.00", "2011": "60,000.00"}

    services.release_hold(hold=hold, actor=SYSTEM, reason="terminated")
    assert journal() == ["bounty_cancelled: Dr 2004 40,000.00, Cr 2013 40,000.00"]
    assert accounts() == {"1001": "100,000.00", "2011": "60,000.00", "2013": "40,000.00"}
    assert queries.payable_to(team) == yuan("60,000.00")

    bank_pays(send_payouts())
    assert accounts() == {"1001": "40,000.00", "2013": "40,000.00"}
    send_refunds()
    bank_refunds()
    assert accounts() == {}
