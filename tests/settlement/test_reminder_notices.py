"""Who is told when money is due, late or held: both languages, each once."""

from datetime import timedelta

import pytest

from foundation.audit.delivery import deliver_pending
from foundation.core import clock
from notifications.models import Notice
from settlement import clock as ticks
from tests.factories.accounts import OrganizationFactory, UniversityFactory, member
from tests.factories.money import held_deposit, royalty

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sides():
    firm, university = OrganizationFactory(), UniversityFactory()
    payer = member("licensing_user", organization=firm)
    payee = member("ip_manager", organization=university)
    return firm, university, payer.user, payee.user


def told(user, event):
    return Notice.objects.filter(user=user, event__name=event).count()


def test_the_payer_is_reminded_and_both_hear_when_it_is_overdue(sides):
    firm, university, payer, payee = sides
    due = royalty(debtor=firm, creditor=university, due_in=timedelta(days=20))
    for day in (-5, 4):
        with clock.at(due.due_at + timedelta(days=day)):
            assert ticks.remind_due() == 1
    while deliver_pending():
        pass
    assert (told(payer, "settlement.obligation.reminded"), told(payee, "settlement.obligation.reminded")) == (1, 0)
    assert (told(payer, "settlement.obligation.overdue"), told(payee, "settlement.obligation.overdue")) == (1, 1)


def test_the_payer_hears_that_a_deposit_is_held(sides):
    firm, university, payer, payee = sides
    held_deposit(debtor=firm, creditor=university)
    while deliver_pending():
        pass
    assert (told(payer, "settlement.hold.placed"), told(payee, "settlement.hold.placed")) == (1, 0)
