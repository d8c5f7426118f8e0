"""How a license ends: unpaid, late, at its term, by the licensee's own word."""

from datetime import timedelta

import pytest

from foundation.core import clock
from foundation.core.clock import end_of_local_day
from foundation.core.money import Money
from licenses.lifecycle import LicenseState
from licenses.services import endings
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import bank_says_paid, begin_payment, notice, paid_license

pytestmark = pytest.mark.django_db


def test_unpaid_notice_lapses_with_its_deadline_and_not_before():
    license = notice()
    with clock.at(license.pay_by_at - timedelta(milliseconds=1)):
        assert endings.lapse(license=license) is False
    with clock.at(license.pay_by_at):
        assert endings.lapse(license=license) is True
        assert endings.lapse(license=license) is False
    license.refresh_from_db()
    license.obligation.refresh_from_db()
    assert (license.state, license.obligation.state) == (LicenseState.LAPSED, "expired")


def test_money_after_the_deadline_goes_back():
    license = notice()
    payment = begin_payment(license)
    with clock.at(license.pay_by_at + timedelta(days=3)):
        endings.lapse(license=license)
        assert bank_says_paid(payment) == "refunded:late"
    license.refresh_from_db()
    assert license.state == LicenseState.LAPSED


def test_other_amount_is_a_case_and_no_license():
    license = notice()
    assert bank_says_paid(begin_payment(license), amount=Money(1)) == "case:amount_differs"
    license.refresh_from_db()
    assert license.state == LicenseState.AWAITING_PAYMENT


def test_license_ends_after_its_last_day_in_shanghai():
    license = paid_license(published_declaration(method="free"))
    last_moment = end_of_local_day(license.ends_on) - timedelta(milliseconds=1)
    with clock.at(last_moment):
        assert endings.expire(license=license) is False
    with clock.at(end_of_local_day(license.ends_on)):
        assert endings.expire(license=license) is True


def test_licensee_ends_its_license_with_a_reason():
    license = paid_license()
    member = license.licensee.memberships.get()
    with pytest.raises(endings.ReasonMissing):
        endings.terminate(license=license, reason=" ", actor=member)
    ended = endings.terminate(license=license, reason="product line closed", actor=member)
    assert ended.state == LicenseState.TERMINATED
