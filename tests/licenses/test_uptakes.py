"""Taking a license: notice, payment, effect. No step asks the patentee (Patent Law Art. 51)."""

from datetime import timedelta

import pytest

from approvals import services as approvals
from approvals.models import Review
from foundation import audit
from foundation.core import clock
from foundation.core.clock import end_of_local_day, local_date
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses import clock_licenses, tasks
from licenses.lifecycle import LicenseState
from licenses.models import Declaration, License
from licenses.services import declarations, may_take, uptakes
from marketplace.schedule import SCHEDULE
from patents import registers
from patents.models import Patent
from settlement.clock import release_due
from tests.factories import accounts
from tests.factories.licenses import published_declaration
from tests.factories.uptakes import bank_says_paid, begin_payment, notice, paid_license

pytestmark = pytest.mark.django_db


def test_notice_waits_for_payment_until_the_end_of_the_fifteenth_day():
    license = notice()
    assert license.state == LicenseState.AWAITING_PAYMENT
    day = local_date(license.notice_delivered_at) + timedelta(days=15)
    assert license.pay_by_at == end_of_local_day(day)
    assert license.obligation.amount == Money(3_000_000)
    assert license.contract_formed_at == license.notice_delivered_at
    assert license.effective_at is None


def test_payment_brings_the_license_into_effect_without_any_consent():
    license = paid_license()
    assert license.state == LicenseState.EFFECTIVE
    assert license.effective_at == max(license.notice_delivered_at, license.paid_at)
    assert license.starts_on == local_date(license.effective_at)
    assert license.ends_on == license.starts_on.replace(year=license.starts_on.year + 3) - timedelta(days=1)
    certificate = documents.certificate_of(Ref.of(license))
    assert certificate.facts["license"] == license.number


def test_free_license_takes_effect_with_the_notice():
    license = notice(published_declaration(method="free"))
    assert license.state == LicenseState.EFFECTIVE
    assert license.effective_at == license.notice_delivered_at
    assert license.obligation is None


def test_second_and_third_firm_take_the_same_patent():
    declaration = published_declaration()
    held = [paid_license(declaration, accounts.licensee()) for _firm in range(3)]
    assert {license.state for license in held} == {LicenseState.EFFECTIVE}
    assert len({license.number for license in held}) == 3


def test_papers_are_made_once_and_bound_to_the_certificate():
    license = paid_license()
    audit.deliver_pending()
    first = {document.kind: document.file.sha256 for document in documents.documents_of(Ref.of(license))}
    assert set(first) == {"license.contract", "license.certificate"}
    certificate = documents.certificate_of(Ref.of(license))
    assert certificate.document.file.sha256 == first["license.certificate"]


@pytest.mark.parametrize("kept", ["intended_use"])
def test_notice_without_a_use_is_refused_beside_its_field(kept):
    declaration = published_declaration()
    with pytest.raises(uptakes.NoticeIncomplete) as refusal:
        notice(declaration, **{kept: "  "})
    assert refusal.value.field == kept
    assert not License.objects.exists()


def test_terms_that_changed_while_reading_are_refused():
    with pytest.raises(uptakes.TermsChanged):
        notice(published_declaration(), terms_hash="0" * 64)
    assert not License.objects.exists()


def test_unverified_firm_is_told_to_verify_first():
    firm = accounts.member("licensing_user", organization=accounts.OrganizationFactory(state="unverified"))
    with pytest.raises(may_take.PartyNotVerified):
        notice(published_declaration(), firm)


def test_patentee_needs_no_license_of_its_own():
    declaration = published_declaration()
    owner = accounts.member("owner", organization=declaration.patentee)
    with pytest.raises(may_take.OwnPatent):
        notice(declaration, owner)


def test_same_firm_cannot_take_the_license_twice():
    declaration, firm = published_declaration(), accounts.licensee()
    notice(declaration, firm)
    with pytest.raises(may_take.AlreadyLicensed):
        notice(declaration, firm)


def test_license_inside_a_group_is_marked_for_everybody_to_see():
    declaration = published_declaration()
    firm = accounts.licensee(organization=accounts.OrganizationFactory(group=declaration.patentee))
    assert notice(declaration, firm).same_group is True


def test_notice_before_a_withdrawal_keeps_its_right_to_pay():
    declaration = published_declaration()
    license = notice(declaration)
    withdraw(declaration)
    bank_says_paid(begin_payment(license))
    license.refresh_from_db()
    assert license.state == LicenseState.EFFECTIVE


def test_notice_after_a_withdrawal_is_refused():
    declaration = published_declaration()
    withdraw(declaration)
    declaration.refresh_from_db()
    with pytest.raises(may_take.OfferClosed):
        notice(declaration)


def test_fee_paid_during_a_suspension_waits_and_counts_when_it_ends():
    declaration, officer = published_declaration(), accounts.officer()
    license = notice(declaration)
    declarations.suspend(declaration=declaration, reason="complaint", actor=officer)
    bank_says_paid(begin_payment(license))
    license.refresh_from_db()
    assert license.state == LicenseState.ON_HOLD
    assert license.effective_at is None

    declaration.refresh_from_db()
    declarations.reinstate(declaration=declaration, reason="settled", actor=officer)
    audit.deliver_pending()
    license.refresh_from_db()
    assert license.state == LicenseState.EFFECTIVE


def test_fee_that_waited_too_long_in_a_suspension_goes_back(settings):
    declaration = published_declaration()
    license = notice(declaration)
    declarations.suspend(declaration=declaration, reason="complaint", actor=accounts.officer())
    bank_says_paid(begin_payment(license))
    license.refresh_from_db()
    last_day = license.state_since + timedelta(days=settings.KAIXU_HOLD_DAYS)
    with clock.at(last_day - timedelta(milliseconds=1)):
        assert clock_licenses.return_held() == 0
    with clock.at(last_day):
        assert clock_licenses.return_held() == 1
    license.refresh_from_db()
    license.obligation.refresh_from_db()
    assert license.state == LicenseState.LAPSED
    assert license.obligation.state in ("refunding", "refunded")


def withdraw(declaration) -> None:
    """The withdrawal is asked for and announced."""
    manager = declaration.patentee.memberships.get(role="ip_manager")
    request = declarations.request_withdrawal(declaration=declaration, reason="sold", actor=manager)
    ref = Ref.of(request)
    review = Review.objects.get(subject_kind=ref.kind, subject_id=ref.id)
    officer = accounts.officer()
    review = approvals.claim(review=review, actor=officer)
    approvals.decide(review=review, outcome="approve", actor=officer)


def test_nobody_pays_for_a_patent_that_ended():
    offer = published_declaration()
    license = notice(offer)
    payment = begin_payment(license)
    Patent.objects.filter(pk=offer.patent_id).update(legal_status="invalidated")
    with registers.override({"status": "invalidated"}):
        assert declarations.recheck(declaration=Declaration.objects.get()).state == "terminated"
    assert bank_says_paid(payment) == "refunded:patent_ended"
    license.refresh_from_db()
    assert (license.state, license.effective_at) == (LicenseState.AWAITING_PAYMENT, None)


def test_the_clock_lapses_unpaid_notices_a_little_later_and_ends_licenses_with_their_term():
    license, free = notice(), notice(published_declaration(method="free"))
    with clock.at(license.pay_by_at + timedelta(minutes=9)):
        assert tasks.lapse_unpaid() == 0
    with clock.at(license.pay_by_at + timedelta(minutes=10)):
        assert (tasks.lapse_unpaid(), tasks.lapse_unpaid()) == (1, 0)
    with clock.at(end_of_local_day(free.ends_on)):
        assert (tasks.expire_ended(), tasks.expire_ended()) == (1, 0)
    assert {row[1] for row in SCHEDULE} >= {"licenses.lapse_unpaid", "licenses.expire_ended"}


def test_escrow_stays_while_a_fee_waits_for_the_end_of_a_suspension():
    declaration, officer = published_declaration(), accounts.officer()
    license = notice(declaration)
    declarations.suspend(declaration=declaration, reason="complaint", actor=officer)
    bank_says_paid(begin_payment(license))
    license.obligation.refresh_from_db()
    with clock.at(license.obligation.release_at):
        assert release_due() == 0
    declaration.refresh_from_db()
    declarations.reinstate(declaration=declaration, reason="settled", actor=officer)
    audit.deliver_pending()
    with clock.at(license.obligation.release_at):
        assert release_due() == 1
