"""The review desk: queue, claim, remarks, decision, correction, clock, scope."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import City
from approvals import queries, services
from approvals.models import Decision, Review
from approvals.services.deciding import AlreadyPublished, ChecksOpen, NotYourCase
from foundation.audit import invariants
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.clock import database_now
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from licenses.models import Declaration
from licenses.services import declarations, publishing
from licenses.services.drafting import draft_of
from patents import registers
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
def submitted(patentee):
    return make.submitted_declaration(actor=patentee)


def claimed(declaration, officer) -> Review:
    return services.claim(review=make.review_of(declaration), actor=officer)


def test_return_with_remarks_correction_and_approval(submitted, patentee, officer):
    review = claimed(submitted, officer)
    services.remark(review=review, field="explanation", label="计算依据", comment="请写明依据", actor=officer)
    services.decide(review=review, outcome="return", actor=officer, text="请补正", reasons=["R05"])
    declaration = Declaration.objects.get()
    assert (declaration.state, review.rounds) == ("correction", 0)
    review.refresh_from_db()
    assert (review.state, review.due_at, review.rounds) == ("correction", None, 1)
    assert [remark.comment for remark in review.decisions.get().corrections.all()] == ["请写明依据"]
    better = make.price(explanation="按前期研发投入二百四十万元的八分之一计算。")
    declarations.save_section(
        declaration=declaration, section="price", values=better, version=draft_of(declaration).version, actor=patentee
    )
    declarations.submit(declaration=declaration, actor=patentee)
    review.refresh_from_db()
    assert (review.state, review.reviewer_id) == ("queued", officer.pk)
    versions = [(terms.version, terms.state) for terms in declaration.terms_versions.order_by("version")]
    assert versions == [(1, "superseded"), (2, "submitted")]
    published = make.approve(declaration, officer)
    assert (published.state, published.current_terms.version) == ("published", 2)


def test_correction_that_changes_no_terms_keeps_the_version(submitted, patentee, officer):
    services.decide(review=claimed(submitted, officer), outcome="return", actor=officer, text="请补充附件")
    declarations.submit(declaration=submitted, actor=patentee)
    assert [terms.state for terms in submitted.terms_versions.all()] == ["submitted"]


@pytest.mark.parametrize("outcome", ["approve", "return", "reject"])
def test_reasons_that_are_not_listed_are_refused_beside_their_field(submitted, officer, outcome):
    review = claimed(submitted, officer)
    with pytest.raises(Invalid) as refused:
        services.decide(review=review, outcome=outcome, actor=officer, text="请补正", reasons=["R05", "R77"])
    assert refused.value.field == "reasons"
    assert not Decision.objects.exists()


def test_an_approval_keeps_no_reasons(submitted, officer):
    decision = services.decide(review=claimed(submitted, officer), outcome="approve", actor=officer, reasons=["R05"])
    event = Event.objects.get(name="approvals.review.decide")
    assert (decision.reasons, event.facts["reasons"]) == ([], [])


def test_clock_stands_still_while_the_correction_is_awaited(submitted, patentee, officer):
    review = claimed(submitted, officer)
    left = queries.workdays_left(review, database_now())
    services.decide(review=review, outcome="return", actor=officer, text="请补正")
    with clock.at(database_now() + timedelta(days=9)):
        declarations.submit(declaration=Declaration.objects.get(), actor=patentee)
        review.refresh_from_db()
        assert queries.workdays_left(review, database_now()) == left


def test_correction_that_does_not_come_is_deemed_not_filed(submitted, officer):
    review = claimed(submitted, officer)
    services.decide(review=review, outcome="return", actor=officer, text="请补正", correction_days=5)
    assert services.lapse_due() == 0
    with clock.at(database_now() + timedelta(days=40)):
        assert services.lapse_due() == 1
        assert services.lapse_due() == 0
    declaration = Declaration.objects.get()
    assert (declaration.state, declaration.terms_versions.get().state) == ("deemed_not_filed", "deemed_not_filed")


def test_rejection_needs_code_and_text(submitted, officer):
    review = claimed(submitted, officer)
    for reasons, words in (([], "no"), (["R01"], ""), (["R77"], "no")):
        with pytest.raises(Invalid):
            services.decide(review=review, outcome="reject", actor=officer, reasons=reasons, text=words)
    services.decide(review=review, outcome="reject", actor=officer, reasons=["R01"], text="专利权已终止。")
    assert Declaration.objects.get().state == "rejected"


def test_return_needs_a_remark_or_a_text(submitted, officer):
    with pytest.raises(Invalid):
        services.decide(review=claimed(submitted, officer), outcome="return", actor=officer)


def test_failing_check_blocks_the_approval(submitted, officer):
    review = claimed(submitted, officer)
    with registers.override({"annual_fee": "unpaid"}), pytest.raises(ChecksOpen):
        services.decide(review=review, outcome="approve", actor=officer)
    assert Declaration.objects.get().state == "under_review"


def test_only_who_claimed_decides(submitted, officer):
    review = claimed(submitted, officer)
    colleague = accounts.officer()
    with pytest.raises(NotYourCase):
        services.decide(review=review, outcome="approve", actor=colleague)
    services.release(review=review, actor=colleague)
    services.claim(review=review, actor=colleague)
    services.decide(review=review, outcome="approve", actor=colleague)


def test_applicant_cannot_review_and_officer_not_the_own_case(submitted, patentee):
    with pytest.raises(NotAllowed):
        services.claim(review=make.review_of(submitted), actor=patentee)


def test_city_officer_sees_the_own_city_only(submitted):
    nanjing = accounts.member("city_officer")
    suzhou, _made = City.objects.get_or_create(code="320500", defaults={"name_zh": "苏州市", "name_en": "Suzhou"})
    elsewhere = accounts.member("city_officer", city=suzhou)
    assert [review.subject_number for review in queries.reviews.visible_to(nanjing)] == [submitted.number]
    assert list(queries.reviews.visible_to(elsewhere)) == []
    with pytest.raises(NotAllowed):
        services.claim(review=make.review_of(submitted), actor=elsewhere)


def test_approval_waits_for_the_delay_and_can_be_undone_until_then(settings, submitted, officer):
    settings.KAIXU_PUBLICATION_DELAY = 15
    review = claimed(submitted, officer)
    services.decide(review=review, outcome="approve", actor=officer)
    assert Declaration.objects.get().state == "approved"
    assert publishing.publish_due() == 0
    services.undo_approval(review=review, actor=officer, reason="附件有误")
    assert Declaration.objects.get().state == "under_review"
    services.decide(review=review, outcome="approve", actor=officer)
    with clock.at(database_now() + timedelta(minutes=16)):
        assert publishing.publish_due() == 1
        with pytest.raises(AlreadyPublished):
            services.undo_approval(review=review, actor=officer, reason="zu spät")
    assert Declaration.objects.get().state == "published"


def test_owner_takes_back_before_publication_and_submits_again_under_the_same_number(submitted, patentee, officer):
    claimed(submitted, officer)
    taken = declarations.take_back(declaration=submitted, actor=patentee)
    assert (taken.state, taken.number) == ("draft", submitted.number)
    again = declarations.submit(declaration=taken, actor=patentee)
    assert (again.number, again.terms_versions.count()) == (submitted.number, 2)


def test_own_decision_is_refused_by_the_database(submitted, officer):
    review = claimed(submitted, officer)
    values = {"review": review, "outcome": "approve", "maker_role": "x", "made_at": database_now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(maker=officer.user, opener=officer.user, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(maker=review.opener_user, opener=officer.user, **values)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_decision_is_never_changed(submitted, officer):
    review = claimed(submitted, officer)
    decision = services.decide(review=review, outcome="return", actor=officer, text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(text="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).delete()


def test_queue_groups_add_up(patentee, officer):
    for _i in range(3):
        make.submitted_declaration(patent=make_patent(patentee.organization), actor=patentee)
    first = queries.reviews.queue(officer).first()
    services.claim(review=first, actor=officer)
    services.decide(review=first, outcome="return", actor=officer, text="x")
    groups = queries.grouped(queries.reviews.queue(officer), database_now())
    assert sum(group.count for group in groups) == 3
    assert groups[-1].key == "paused" and groups[-1].count == 1


def test_invariants_hold_after_a_decision(submitted, officer):
    services.decide(review=claimed(submitted, officer), outcome="approve", actor=officer)
    assert [finding.invariant.sentence for finding in invariants.check({"I14", "I15", "I16"})] == []


def test_take_back_after_publication_is_not_possible(patentee, officer):
    declaration = make.published_declaration(actor=patentee, officer=officer)
    with pytest.raises(NotPossibleNow):
        declarations.take_back(declaration=declaration, actor=patentee)
