"""The deadline of a fee: before, at and after it, to the millisecond, by the bank's booking time."""

from datetime import timedelta

import pytest

from foundation.audit import invariants
from foundation.core import clock
from foundation.core.money import Money
from licenses.services import endings
from settlement import queries
from tests.factories.licenses import published_declaration, term
from tests.factories.patents import renew_facts
from tests.factories.uptakes import bank_says_paid, begin_payment, notice

pytestmark = pytest.mark.django_db


def test_the_deadline_never_lies_after_the_last_day_of_the_license():
    offer = published_declaration(term=term(term_kind="until_offer_end", term_years=None))
    with clock.at(clock.end_of_local_day(offer.offer_until) - timedelta(hours=30)):
        renew_facts(offer.patent)
        license = notice(offer)
    assert license.pay_by_at == clock.end_of_local_day(offer.offer_until)


def test_the_deadline_is_the_posted_one_where_the_license_lasts_longer():
    license = notice()
    days = license.terms_version.payment_days
    delivered = clock.local_date(license.notice_delivered_at)
    assert license.pay_by_at == clock.end_of_local_day(delivered + timedelta(days=days))


@pytest.mark.parametrize(
    ("booked", "told", "answer", "state"),
    [
        (-1, -1, "accepted", "effective"),
        (-1, 0, "accepted", "effective"),
        (-1, 60_000, "accepted", "effective"),
        (0, 0, "refunded:late", "awaiting_payment"),
        (1, 1, "refunded:late", "awaiting_payment"),
    ],
)
def test_what_the_bank_booked_before_the_deadline_counts_to_the_millisecond(booked, told, answer, state):
    license = notice()
    payment, end = begin_payment(license), license.pay_by_at
    with clock.at(end + timedelta(milliseconds=told)):
        assert bank_says_paid(payment, at=end + timedelta(milliseconds=booked)) == answer
    license.refresh_from_db()
    assert (license.state, invariants.check({"I1", "I10"})) == (state, [])


@pytest.mark.parametrize(
    ("booked", "answer", "states"),
    [
        (-1, "accepted", ("effective", "paid")),
        (0, "refunded:late", ("lapsed", "expired")),
        (1, "refunded:late", ("lapsed", "expired")),
    ],
)
def test_a_notice_that_lapsed_comes_back_when_the_bank_booked_its_fee_in_time(booked, answer, states):
    license = notice()
    payment, end = begin_payment(license), license.pay_by_at
    with clock.at(end + timedelta(minutes=10)):
        assert endings.lapse(license=license)
    with clock.at(end + timedelta(days=3)):
        assert bank_says_paid(payment, at=end + timedelta(milliseconds=booked)) == answer
    license.refresh_from_db()
    assert (license.state, license.obligation.state) == states
    assert license.effective_at == (end + timedelta(milliseconds=booked) if answer == "accepted" else None)
    assert invariants.check({"I1", "I10", "I11", "I15"}) == []


def test_money_for_a_lapsed_notice_goes_back_when_the_licensee_sent_a_new_notice_since():
    license = notice()
    payment, end = begin_payment(license), license.pay_by_at
    with clock.at(end + timedelta(minutes=10)):
        endings.lapse(license=license)
        second = notice(license.declaration, license.licensee.memberships.get())
        assert bank_says_paid(payment, at=end - timedelta(milliseconds=1)) == "refunded:not_waiting"
    license.refresh_from_db()
    assert (license.state, second.state) == ("lapsed", "awaiting_payment")
    assert queries.balance("2002") == Money(0)
