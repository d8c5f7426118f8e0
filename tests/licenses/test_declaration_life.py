"""After publication: suspension, cure, withdrawal, expiry, new terms, new owner, CNIPA, invariants."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from approvals import queries as reviews
from approvals import services as approvals
from foundation import audit
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from licenses.models import Declaration, TermsVersion
from licenses.services import declarations as services
from licenses.services.drafting import draft_of
from licenses.services.suspending import recheck, recheck_all
from licenses.services.withdrawing import WithdrawalConsentMissing
from patents import registers
from patents.models import Encumbrance, Ownership, Patent
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def patentee():
    return accounts.patentee()


@pytest.fixture
def officer():
    return accounts.officer()


@pytest.fixture
def offer(patentee, officer):
    return make.published_declaration(actor=patentee, officer=officer)


def decide_withdrawal(offer, officer, outcome, **more):
    review = reviews.open_review_of("licenses.withdrawal", offer.withdrawals.get(outcome="pending"))
    review = approvals.claim(review=review, actor=officer)
    approvals.decide(review=review, outcome=outcome, actor=officer, **more)
    offer.refresh_from_db()


def test_lost_eligibility_suspends_and_cure_opens_again(offer):
    with registers.override({"annual_fee": "grace"}):
        assert recheck(declaration=offer).state == "suspended"
        assert recheck(declaration=offer).state == "suspended"
    offer.refresh_from_db()
    assert offer.is_suspended and not offer.accepts_notices and offer.suspension_reason == "E02"
    assert recheck(declaration=offer).state == "published"
    names = [event.name.rpartition(".")[2] for event in audit.timeline(offer)]
    assert names == ["cure", "suspend_on_check", "published"]


def test_suspension_by_an_officer_is_not_cured_by_a_check(offer, officer):
    with pytest.raises(Invalid):
        services.suspend(declaration=offer, reason=" ", actor=officer)
    services.suspend(declaration=offer, reason="法院协助执行", actor=officer)
    assert recheck(declaration=Declaration.objects.get()).state == "suspended"
    assert (
        services.reinstate(declaration=Declaration.objects.get(), reason="已解除", actor=officer).state == "published"
    )


def test_patentee_cannot_suspend(offer, patentee):
    with pytest.raises(NotAllowed):
        services.suspend(declaration=offer, reason="x", actor=patentee)


def test_unknown_facts_do_not_suspend_an_open_offer_but_are_shown(offer):
    with registers.override({"pledge": None}):
        assert recheck(declaration=offer).state == "published"
    offer.refresh_from_db()
    assert {row["code"]: row["outcome"] for row in offer.eligibility}["E05"] == "unknown"


def test_offer_ends_with_its_last_day_in_shanghai(offer):
    end = end_of_local_day(offer.offer_until)
    with clock.at(end - timedelta(milliseconds=1)):
        assert recheck(declaration=offer).state == "published"
    with clock.at(end):
        assert recheck_all() == 1
    offer.refresh_from_db()
    assert offer.state == "expired"
    assert Encumbrance.objects.get().until_at is not None


def test_offer_ends_with_its_patent(offer):
    Patent.objects.filter(pk=offer.patent_id).update(legal_status="invalidated")
    with registers.override({"status": "invalidated"}):
        assert recheck(declaration=Declaration.objects.get()).state == "terminated"


def test_withdrawal_takes_effect_when_announced(offer, patentee, officer):
    services.request_withdrawal(declaration=offer, reason="专利拟转让", actor=patentee)
    offer.refresh_from_db()
    assert (offer.state, offer.accepts_notices) == ("withdrawal_review", True)
    decide_withdrawal(offer, officer, "approve")
    assert (offer.state, offer.accepts_notices) == ("withdrawn", False)
    event = audit.timeline(offer).first()
    assert event.name == "licenses.declaration.announce_withdrawal" and event.occurred_at == offer.ended_at


def test_refused_withdrawal_leaves_the_offer_open(offer, patentee, officer):
    services.request_withdrawal(declaration=offer, reason="价格过低", actor=patentee)
    decide_withdrawal(offer, officer, "reject", reasons=["R99"], text="理由不正当。")
    assert (offer.state, offer.withdrawals.get().outcome) == ("published", "refused")
    services.request_withdrawal(declaration=offer, reason="专利拟转让", actor=patentee)


def test_cancelled_withdrawal_leaves_an_ordered_suspension_in_place(offer, patentee, officer):
    services.suspend(declaration=offer, reason="法院协助执行", actor=officer)
    offer.refresh_from_db()
    services.request_withdrawal(declaration=offer, reason="x", actor=patentee)
    offer.refresh_from_db()
    assert not offer.accepts_notices
    assert services.cancel_withdrawal(declaration=offer, actor=patentee).state == "suspended"
    assert recheck(declaration=Declaration.objects.get()).state == "suspended"


def test_withdrawal_needs_reason_and_all_co_owners(patentee, officer):
    partner = accounts.member("owner", organization=accounts.UniversityFactory())
    patent = make_patent(patentee.organization, partner.organization)
    draft = make.drafted_declaration(patent=patent, actor=patentee)
    services.sign_consent(declaration=draft, actor=partner)
    offer = make.approve(services.submit(declaration=draft, actor=patentee), officer)
    with pytest.raises(Invalid):
        services.request_withdrawal(declaration=offer, reason="", actor=patentee)
    with pytest.raises(WithdrawalConsentMissing):
        services.request_withdrawal(declaration=offer, reason="x", actor=patentee)
    services.sign_consent(declaration=offer, actor=partner, purpose="withdraw")
    services.request_withdrawal(declaration=offer, reason="x", actor=patentee)


def test_new_terms_replace_the_old_in_one_step_and_old_ones_stay_readable(offer, patentee, officer):
    cheaper = make.price(lump_sum_fen=1_000_000)
    version = draft_of(offer).version
    services.save_section(declaration=offer, section="price", values=cheaper, version=version, actor=patentee)
    services.submit(declaration=offer, actor=patentee)
    offer.refresh_from_db()
    assert (offer.state, offer.current_terms.version) == ("published", 1)
    with pytest.raises(NotPossibleNow):
        services.submit(declaration=offer, actor=patentee)
    make.approve(offer, officer)
    offer.refresh_from_db()
    assert (offer.state, offer.current_terms.version, offer.annual_price_fen) == ("published", 2, 333_333)
    states = {terms.version: terms.state for terms in offer.terms_versions.all()}
    assert states == {1: "superseded", 2: "in_force"}


def test_new_owner_is_asked_before_the_offer_goes_on(offer):
    buyer = accounts.member("owner")
    today = local_date(database_now())
    Ownership.objects.filter(patent=offer.patent).update(until_date=today)
    Ownership.objects.create(patent=offer.patent, organization=buyer.organization, name=buyer.organization.name)
    assert recheck(declaration=Declaration.objects.get()).state == "suspended"
    assert recheck(declaration=Declaration.objects.get()).state == "suspended"
    adopted = services.adopt(declaration=Declaration.objects.get(), actor=buyer)
    assert (adopted.state, adopted.patentee_id) == ("published", buyer.organization_id)


def test_only_cnipas_announcement_makes_the_license_statutory(offer, officer, patentee):
    terms, today = offer.current_terms, local_date(database_now())
    with pytest.raises(NotPossibleNow):
        services.record_cnipa(terms=terms, move="announce", on=today, reference="40-30", actor=officer)
    services.record_cnipa(terms=terms, move="file", on=today, reference="GF2026-1", actor=officer)
    with pytest.raises(Invalid):
        services.record_cnipa(terms=terms, move="announce", on=today, actor=officer)
    with pytest.raises(NotAllowed):
        services.record_cnipa(terms=terms, move="announce", on=today, reference="40-30", actor=patentee)
    services.record_cnipa(terms=terms, move="announce", on=today, reference="40-30", actor=officer)
    offer.refresh_from_db()
    assert offer.is_statutory and offer.current_terms.is_statutory


def test_cnipas_steps_are_noted_for_the_terms_in_force_only(offer, officer, patentee):
    version, first = draft_of(offer).version, offer.current_terms
    cheaper = make.price(lump_sum_fen=1_000_000)
    services.save_section(declaration=offer, section="price", values=cheaper, version=version, actor=patentee)
    services.submit(declaration=offer, actor=patentee)
    make.approve(Declaration.objects.get(), officer)
    first.refresh_from_db()
    on = local_date(database_now())
    with pytest.raises(NotPossibleNow):
        services.record_cnipa(terms=first, move="file", on=on, reference="GF2026-1", actor=officer)
    present = Declaration.objects.get().current_terms
    services.record_cnipa(terms=present, move="file", on=on, reference="GF2026-1", actor=officer)
    first.refresh_from_db()
    assert (first.cnipa_status, present.version) == ("not_filed", 2)


def test_more_due_offers_than_one_look_takes_are_all_checked(officer):
    fresh, *stale = [make.published_declaration(officer=officer) for _n in range(4)]
    long_ago = database_now() - timedelta(hours=30)
    Declaration.objects.filter(pk__in=[offer.pk for offer in stale]).update(checked_at=long_ago)
    Declaration.objects.filter(pk=stale[-1].pk).update(checked_at=None)
    assert [recheck_all(limit=2) for _n in range(3)] == [2, 1, 0]
    fresh.refresh_from_db()
    assert not Declaration.objects.filter(checked_at=None).exists()


def test_an_offer_past_its_day_is_not_held_up_by_offers_checked_before_it(officer):
    """Others were checked longer ago, but not long enough to be due."""
    ending, *others = [make.published_declaration(officer=officer) for _n in range(3)]
    now = database_now()
    Declaration.objects.filter(pk__in=[offer.pk for offer in others]).update(checked_at=now - timedelta(hours=5))
    Declaration.objects.filter(pk=ending.pk).update(offer_until=local_date(now) - timedelta(days=1))
    assert recheck_all(limit=2) == 1
    ending.refresh_from_db()
    assert ending.state == "expired"


def test_submitted_terms_never_change(offer):
    for change in ({"lump_sum_fen": 1}, {"content": "{}"}, {"explanation": "x"}, {"version": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TermsVersion.objects.filter(pk=offer.current_terms_id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM licenses_termsversion WHERE id = %s", [offer.current_terms_id])


def test_second_live_declaration_is_refused_by_the_database(offer):
    other = accounts.member("owner")
    with pytest.raises(IntegrityError, match="licenses_one_live_declaration"), transaction.atomic():
        twin = Declaration.objects.create(patent=offer.patent, patentee=other.organization, opened_by=other.user)
        Declaration.objects.filter(pk=twin.pk).update(state="submitted", number="X-1")


def test_state_is_changed_by_nothing_but_a_recorded_move(offer):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE licenses_declaration SET state = 'draft' WHERE id = %s", [offer.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{all}'")
        cursor.execute("UPDATE licenses_declaration SET state = 'withdrawn' WHERE id = %s", [offer.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_invariants_hold_through_the_life_of_an_offer(offer, patentee, officer):
    services.request_withdrawal(declaration=offer, reason="x", actor=patentee)
    decide_withdrawal(offer, officer, "approve")
    make.published_declaration(actor=patentee, officer=officer, method="free")
    assert [finding.invariant for finding in invariants.check({"I14", "I15", "I16"})] == []
