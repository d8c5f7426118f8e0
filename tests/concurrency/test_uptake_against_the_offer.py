"""The offer is withdrawn or suspended before, within and after each step of an uptake (I10); twins without locks."""

import pytest

from approvals import services as approvals
from foundation.audit import invariants
from foundation.core import locking
from foundation.core.errors import DomainError
from foundation.core.refs import Ref
from licenses.models import Declaration, License
from licenses.services import declarations, may_take, payments, uptakes
from tests.concurrency.racing import Meanwhile
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.uptakes import bank_says_paid, begin_payment, notice

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = ("before the notice", "within the notice", "before the payment", "within the payment", "after the effect")
CHECKED = {"I1", "I10", "I11", "I14", "I15"}


def withdrawing(offer):
    """The withdrawal was asked for and reviewed; what is left is the announcement."""
    manager = offer.patentee.memberships.get(role="ip_manager")
    request = declarations.request_withdrawal(declaration=offer, reason="sold", actor=manager)
    officer = accounts.officer()
    case = make.reviews.open_review_of("licenses.withdrawal", Ref.of(request))
    case = approvals.claim(review=case, actor=officer)
    return lambda: approvals.decide(review=case, outcome="approve", actor=officer)


def suspending(offer):
    officer = accounts.officer()
    return lambda: declarations.suspend(
        declaration=Declaration.objects.get(pk=offer.pk), reason="complaint", actor=officer
    )


def broken():
    return {finding.invariant.id for finding in invariants.check(CHECKED)}


def take_up_and(monkeypatch, moment, method, preparing):
    """A whole uptake with the other act at the moment: what refused the notice, the license, the offer's state."""
    offer, firm = make.published_declaration(method=method), accounts.licensee()
    act, meanwhile = preparing(offer), None
    with monkeypatch.context() as patched:
        if moment == "before the notice":
            act()
        if moment == "within the notice":
            meanwhile = Meanwhile(patched, uptakes, "database_now", act)
        try:
            license, refusal = notice(Declaration.objects.get(pk=offer.pk), firm), None
        except DomainError as error:
            license, refusal = None, type(error)
        if license and license.fee_fen:
            meanwhile = _pay(patched, moment, license, firm, act) or meanwhile
        if meanwhile:
            assert not isinstance(meanwhile.end(), Exception)
    if moment == "after the effect":
        act()
    kept = License.objects.filter(declaration=offer).first()
    return refusal, kept and kept.state, Declaration.objects.get(pk=offer.pk).state


def _pay(patched, moment, license, firm, act):
    payment = begin_payment(license, firm)
    if moment == "before the payment":
        act()
    meanwhile = Meanwhile(patched, payments, "take_effect", act) if moment == "within the payment" else None
    bank_says_paid(payment)
    return meanwhile


def test_a_withdrawal_refuses_later_notices_and_touches_no_earlier_one(monkeypatch):
    seen = {moment: take_up_and(monkeypatch, moment, "lump_sum", withdrawing) for moment in MOMENTS}
    taken = (None, "effective", "withdrawn")
    assert seen == dict.fromkeys(MOMENTS, taken) | {"before the notice": (may_take.OfferClosed, None, "withdrawn")}
    assert broken() == set()


def test_a_suspension_refuses_later_notices_and_holds_what_was_not_in_effect(monkeypatch):
    seen = {moment: take_up_and(monkeypatch, moment, "lump_sum", suspending) for moment in MOMENTS}
    assert seen == {
        "before the notice": (may_take.OfferClosed, None, "suspended"),
        "within the notice": (None, "on_hold", "suspended"),
        "before the payment": (None, "on_hold", "suspended"),
        "within the payment": (None, "effective", "suspended"),
        "after the effect": (None, "effective", "suspended"),
    }
    assert broken() == set()


def test_a_free_license_is_in_effect_before_the_offer_closes(monkeypatch):
    for preparing in (withdrawing, suspending):
        refusal, state, _offer = take_up_and(monkeypatch, "within the notice", "free", preparing)
        assert (refusal, state, broken()) == (None, "effective", set())


@pytest.mark.parametrize("preparing", [withdrawing, suspending])
def test_twin_without_locks_delivers_a_notice_to_a_closed_offer(monkeypatch, preparing):
    with locking.without_locks():
        refusal, state, _offer = take_up_and(monkeypatch, "within the notice", "lump_sum", preparing)
    assert (refusal, state is None) == (None, False)
    assert "I10" in broken()


def test_twin_without_locks_takes_effect_under_a_suspension(monkeypatch):
    with locking.without_locks():
        assert take_up_and(monkeypatch, "within the payment", "lump_sum", suspending)[1] == "effective"
    assert broken() == {"I10"}


def suspended_with_a_held_fee():
    offer, firm, officer = make.published_declaration(), accounts.licensee(), accounts.officer()
    license = notice(offer, firm)
    suspending(offer)()
    bank_says_paid(begin_payment(license, firm))
    offer.refresh_from_db()
    declarations.reinstate(declaration=offer, reason="settled", actor=officer)
    return offer


def resume_while_suspended_again(monkeypatch):
    offer = suspended_with_a_held_fee()
    again = Meanwhile(monkeypatch, payments, "take_effect", suspending(offer))
    assert payments.resume_held(declaration_id=offer.pk) == 1
    assert not isinstance(again.end(), Exception)
    assert (License.objects.get().state, Declaration.objects.get().state) == ("effective", "suspended")


def test_a_held_fee_takes_effect_before_the_next_suspension(monkeypatch):
    resume_while_suspended_again(monkeypatch)
    assert broken() == set()


def test_twin_without_locks_resumes_under_the_next_suspension(monkeypatch):
    with locking.without_locks():
        resume_while_suspended_again(monkeypatch)
    assert broken() == {"I10"}
