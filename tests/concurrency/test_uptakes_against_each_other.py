"""Many firms, one firm twice, the deadline, and new terms, all at the moment of somebody else's uptake. With twins."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock, locking, numbering
from foundation.core.errors import StateChanged
from foundation.documents.models import Certificate
from licenses.models import Declaration, License
from licenses.services import declarations, endings, may_take, notice_drafts, payments, uptakes
from licenses.services.drafting import draft_of
from settlement.models import Obligation
from tests.concurrency.racing import Meanwhile, at_once
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.uptakes import bank_says_paid, begin_payment, notice

pytestmark = pytest.mark.django_db(transaction=True)
CHECKED = {"I1", "I3", "I4", "I10", "I11", "I14", "I15"}
ANSWERS = {"intended_use": "试用", "place_of_use": "", "contact_email": "a@example.org"}


def broken():
    return {finding.invariant.id for finding in invariants.check(CHECKED)}


def is_refusal(outcome):
    return isinstance(outcome, Exception)


def test_sixteen_firms_take_and_pay_one_license_at_once():
    offer, firms = make.published_declaration(), [accounts.licensee() for _firm in range(16)]
    taken = at_once([lambda firm=firm: notice(offer, firm) for firm in firms])
    assert [license for license in taken if is_refusal(license)] == []
    waiting = [begin_payment(license, firm) for license, firm in zip(taken, firms, strict=True)]
    said = at_once([lambda one=one: bank_says_paid(one) for one in waiting])
    again = [bank_says_paid(one) for one, answer in zip(waiting, said, strict=True) if is_refusal(answer)]
    assert {answer for answer in said if not is_refusal(answer)} | set(again) == {"accepted"}
    numbers = sorted(License.objects.filter(state="effective").values_list("number", flat=True))
    assert [int(number.split("-")[2]) for number in numbers] == list(range(1, 17))
    certificates = set(Certificate.objects.values_list("number", flat=True))
    assert (len(certificates), all(map(numbering.is_valid, certificates)), broken()) == (16, True, set())


def test_one_firm_many_times_at_once_has_one_live_license():
    offer, firm = make.published_declaration(), accounts.licensee()
    outcomes = at_once([lambda: notice(offer, firm)] * 6)
    refusals = [type(outcome) for outcome in outcomes if is_refusal(outcome)]
    assert len(refusals) == 5
    assert set(refusals) <= {may_take.AlreadyLicensed, StateChanged}
    assert (License.objects.count(), Obligation.objects.count()) == (1, 1)


def sign_in_two_tabs(monkeypatch):
    """Both tabs sign the same notice; the second while the first has looked and not yet written."""
    offer, firm = make.published_declaration(), accounts.licensee()
    draft = notice_drafts.start_notice(declaration=offer, actor=firm)
    notice_drafts.save_notice(license=draft, actor=firm, **ANSWERS)
    passed, check = [], may_take.check_may_take

    def counted(**facts):
        check(**facts)
        passed.append(facts["licensee"])

    def sign():
        license = License.objects.get(pk=draft.pk)
        return uptakes.deliver_notice(license=license, terms_hash=offer.current_terms.content_hash, actor=firm)

    monkeypatch.setattr(uptakes, "check_may_take", counted)
    other = Meanwhile(monkeypatch, uptakes, "_deliver", sign)
    try:
        first = sign()
    except StateChanged as error:
        first = error
    outcomes = [first, other.end()]
    assert (sum(map(is_refusal, outcomes)), License.objects.get().state) == (1, "awaiting_payment")
    return len(passed)


def test_the_second_tab_is_told_before_anything_is_written(monkeypatch):
    assert sign_in_two_tabs(monkeypatch) == 1


def test_twin_without_locks_both_tabs_pass_the_checks(monkeypatch):
    with locking.without_locks():
        assert sign_in_two_tabs(monkeypatch) == 2


def test_the_database_refuses_a_second_live_license_that_nobody_looked_for(monkeypatch):
    offer, firm = make.published_declaration(), accounts.licensee()
    notice(offer, firm)
    monkeypatch.setattr(uptakes, "check_may_take", lambda **facts: None)
    monkeypatch.setattr(notice_drafts, "check_may_take", lambda **facts: None)
    with pytest.raises(IntegrityError, match="licenses_one_live_license_per_party"):
        notice(offer, firm)
    assert License.objects.count() == 1


def lapse_while_the_payment_is_booked(monkeypatch):
    license = notice()
    payment, end = begin_payment(license), license.pay_by_at

    def lapse():
        with clock.at(end):
            return endings.lapse(license=License.objects.get())

    meanwhile = Meanwhile(monkeypatch, payments, "take_effect", lapse)
    try:
        with clock.at(end - timedelta(milliseconds=1)):
            answer = bank_says_paid(payment)
    except StateChanged as error:
        answer = type(error)
    return answer, meanwhile.end(), License.objects.get().state


def test_a_notice_does_not_lapse_under_a_payment_in_time(monkeypatch):
    assert lapse_while_the_payment_is_booked(monkeypatch) == ("accepted", False, "effective")


def test_twin_without_locks_lapses_what_was_paid_in_time(monkeypatch):
    with locking.without_locks():
        assert lapse_while_the_payment_is_booked(monkeypatch) == (StateChanged, True, "lapsed")


def offering_new_terms(offer):
    """Cheaper terms were submitted; what is left is the approval, which publishes."""
    patentee, officer = offer.patentee.memberships.get(role="ip_manager"), accounts.officer()
    price, version = make.price(lump_sum_fen=1_000_000), draft_of(offer).version
    declarations.save_section(declaration=offer, section="price", values=price, version=version, actor=patentee)
    declarations.submit(declaration=offer, actor=patentee)
    return lambda: make.approve(Declaration.objects.get(), officer)


def notice_under_new_terms(monkeypatch):
    """A notice that read version 1, version 2 published within; its version, its fee, and which was first."""
    offer = make.published_declaration()
    meanwhile = Meanwhile(monkeypatch, uptakes, "check_may_take", offering_new_terms(offer))
    license = notice(offer)
    assert meanwhile.end().current_terms.version == 2
    names = ["licenses.license.deliver", "licenses.declaration.terms_changed"]
    order = list(Event.objects.filter(name__in=names).order_by("seq").values_list("name", flat=True))
    return license.terms_version.version, license.fee_fen, order == names


def test_a_notice_counts_under_the_terms_in_force_when_it_arrives(monkeypatch):
    assert notice_under_new_terms(monkeypatch) == (1, 3_000_000, True)
    with pytest.raises(uptakes.TermsChanged):
        notice(Declaration.objects.get(), terms_hash=License.objects.get().terms_version.content_hash)


def test_twin_without_locks_accepts_terms_that_were_replaced_before(monkeypatch):
    with locking.without_locks():
        assert notice_under_new_terms(monkeypatch) == (1, 3_000_000, False)


def test_everything_at_once_ends_without_a_deadlock():
    offer, officer, firms = make.published_declaration(), accounts.officer(), [accounts.licensee() for _n in range(9)]
    taken = [notice(offer, firm) for firm in firms[:6]]
    paid = [begin_payment(license, firm) for license, firm in zip(taken, firms, strict=False)]
    current = Declaration.objects.get

    def late(license):
        with clock.at(license.pay_by_at):
            return endings.lapse(license=license)

    acts = [lambda one=one: bank_says_paid(one) for one in paid]
    acts += [lambda one=one: late(one) for one in taken[:3]]
    acts += [lambda firm=firm: notice(current(), firm) for firm in firms[6:]]
    acts += [
        lambda: declarations.suspend(declaration=current(), reason="complaint", actor=officer),
        lambda: declarations.reinstate(declaration=current(), reason="settled", actor=officer),
        lambda: declarations.recheck(declaration=current()),
        lambda: payments.resume_held(declaration_id=offer.pk),
    ]
    outcomes = at_once(acts)
    assert [outcome for outcome in outcomes if is_refusal(outcome) and not hasattr(outcome, "sentence")] == []
    assert broken() == set()
