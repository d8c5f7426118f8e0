"""Verification by the province: asked for, returned, sent again, decided, ended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import services
from accounts.models import Organization
from accounts.services.organizations import UnderReview
from accounts.services.verifications import AlreadySubmitted, DetailsMissing
from accounts.wiring import review_facts
from approvals import reasons
from approvals import services as desk
from approvals.models import Review
from foundation import audit
from foundation.core import clock
from foundation.core.errors import NotAllowed, NotPossibleNow
from tests.factories import accounts as cast
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return cast.member("owner", organization=cast.OrganizationFactory(state="unverified"))


def submitted(owner, **changes):
    return services.submit_verification(organization=owner.organization, actor=owner, **changes)


def decided(verification, officer, outcome, **more):
    review = Review.objects.get(number=verification.review_number)
    review = desk.claim(review=review, actor=officer)
    desk.decide(review=review, outcome=outcome, actor=officer, **more)
    verification.refresh_from_db()
    return Organization.objects.get(pk=verification.organization_id)


def test_the_office_verifies_what_was_submitted(owner):
    verification = submitted(owner, statement="请核验")
    organization = decided(verification, cast.officer(), "approve")
    assert organization.state == "verified"
    assert organization.verified_until > clock.local_date(clock.database_now()) + timedelta(days=1000)
    assert verification.outcome == "approve" and verification.decided_at
    names = audit.timeline(organization, owner).values_list("name", flat=True)
    assert list(names) == ["accounts.organization.verify", "accounts.organization.submit"]


def test_the_officer_sees_the_details_and_whether_they_still_stand(owner):
    verification = submitted(owner)
    review = Review.objects.get(number=verification.review_number)
    facts = review_facts(review=review)
    assert {row[2]: row[3] for row in facts["sections"]} == {
        "name": True,
        "name_en": True,
        "uscc": True,
        "legal_representative": True,
        "country": True,
        "city": True,
    }
    services.update_organization(organization=owner.organization, actor=owner, name_en="Other")
    facts = review_facts(review=review)
    assert [row[2] for row in facts["sections"] if row[3] is False] == ["name_en"]


def test_a_returned_request_is_corrected_and_goes_on_in_the_same_case(owner):
    officer = cast.officer()
    first = submitted(owner)
    assert decided(first, officer, "return", text="名称与执照不符").state == "returned"
    services.amend_identity(
        organization=owner.organization, actor=owner, name="更正后的名称", uscc=owner.organization.uscc
    )
    second = submitted(owner)
    assert second.review_number == first.review_number
    assert decided(second, officer, "approve").state == "verified"
    assert Review.objects.count() == 1


def test_a_refused_organization_may_ask_anew(owner):
    officer = cast.officer()
    code = reasons.offered("accounts.verification", "reject")[0].code
    first = submitted(owner)
    assert decided(first, officer, "reject", reasons=[code], text="不属实").state == "refused"
    assert submitted(owner).review_number != first.review_number


def test_a_request_that_waits_is_not_sent_twice(owner):
    submitted(owner)
    with pytest.raises(AlreadySubmitted):
        submitted(owner)
    assert Review.objects.count() == 1


def test_while_it_waits_the_identity_stands_still(owner):
    submitted(owner)
    with pytest.raises(UnderReview):
        services.amend_identity(organization=owner.organization, actor=owner, name="另名", uscc="913205007200000174")


def test_without_a_city_no_office_is_in_charge(owner):
    Organization.objects.filter(pk=owner.organization_id).update(city=None)
    with pytest.raises(DetailsMissing) as refused:
        submitted(owner)
    assert refused.value.field == "city"
    assert not Review.objects.exists()


@pytest.mark.parametrize("role", ["ip_manager", "licensing_user", "bidder", "inventor"])
def test_only_owners_ask(owner, role):
    member = cast.member(role, organization=owner.organization)
    with pytest.raises(NotAllowed):
        submitted(member)


def test_a_verified_organization_does_not_ask_again():
    owner = cast.member("owner")
    with pytest.raises(NotPossibleNow):
        submitted(owner)


def test_an_officer_of_another_city_decides_nothing(owner):
    verification = submitted(owner)
    elsewhere = cast.member("city_officer", city=cast.CityFactory(code="320500"))
    with pytest.raises(NotAllowed):
        decided(verification, elsewhere, "approve")
    here = cast.member("city_officer", city=owner.organization.city)
    assert decided(verification, here, "approve").state == "verified"


@pytest.mark.parametrize("role", ["finance", "auditor", "expert"])
def test_others_of_the_administration_verify_nothing(owner, role):
    verification = submitted(owner)
    with pytest.raises(NotAllowed):
        decided(verification, cast.member(role), "approve")


def test_a_verification_ends_after_its_last_day(owner):
    organization = decided(submitted(owner), cast.officer(), "approve")
    last_moment = clock.end_of_local_day(organization.verified_until)
    with clock.at(last_moment - timedelta(seconds=1)):
        assert services.expire_verifications() == 0
    with clock.at(last_moment):
        assert services.expire_verifications() == 1
        assert services.expire_verifications() == 0
    organization.refresh_from_db()
    assert organization.state == "expired"


def test_the_pages_walk_from_request_to_decision(client, owner):
    client.force_login(owner.user)
    answer = client.post("/organization/verification/", {"statement": "", "is_true": ""})
    assert answer.status_code == 422
    said = {"is_true": "on", "legal_representative": "沈清和"}
    answer = client.post("/organization/verification/", said, follow=True)
    assert "Verification under review" in answer.content.decode()
    inventor = cast.member("inventor", organization=owner.organization)
    client.force_login(inventor.user)
    assert client.get("/organization/verification/").status_code == 200
    assert client.post("/organization/verification/", {"is_true": "on"}).status_code == 403


def test_the_scan_that_was_handed_in_lies_before_the_office(owner, client):
    page = {"statement": "", "is_true": "on", "legal_representative": "沈清和", "file": upload(paper(), "营业执照.png")}
    client.force_login(owner.user)
    sent = client.post(reverse("accounts:verification"), page | {"form_token": "a" * 32})
    assert sent.status_code == 302, sent.context["form"].errors
    review = Review.objects.get(organization=owner.organization)
    (scan,) = review_facts(review=review)["files"]
    officer = cast.officer()
    client.force_login(officer.user)
    assert "营业执照.png" in client.get(review.get_absolute_url()).content.decode()
    assert client.get(reverse("documents:file", args=[scan.file_id])).status_code == 200
    client.force_login(cast.licensee().user)
    assert client.get(reverse("documents:file", args=[scan.file_id])).status_code == 404


def test_a_scan_of_another_kind_is_refused_beside_its_field_and_nothing_is_submitted(owner, client):
    client.force_login(owner.user)
    page = {"legal_representative": "沈清和", "is_true": "on", "file": upload(b"MZ not a scan", "license.pdf")}
    answer = client.post(reverse("accounts:verification"), page | {"form_token": "b" * 32})
    assert answer.status_code == 422 and "file" in answer.context["form"].errors
    owner.organization.refresh_from_db()
    assert owner.organization.state == "unverified"
