"""Who represents a legal person: named for the verification, checked by the office, shown inside and to officers."""

import pytest
from django.urls import reverse

from accounts import services
from accounts.services.verifications import LegalRepresentativeMissing
from accounts.wiring import review_facts
from approvals.models import Review
from tests.accounts.test_verification import decided, submitted
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db
NAME = "沈清和"


@pytest.fixture
def owner():
    firm = cast.OrganizationFactory(state="unverified", legal_representative="")
    return cast.member("owner", organization=firm)


def test_a_legal_person_cannot_be_verified_without_one(owner, client):
    with pytest.raises(LegalRepresentativeMissing):
        submitted(owner)
    client.force_login(owner.user)
    answer = client.post("/organization/verification/", {"is_true": "on"})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["legal_representative"]
    told = client.post("/api/v1/verifications/", {"statement": "请核验"}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (400, "legal_representative_missing")
    owner.organization.refresh_from_db()
    assert owner.organization.state == "unverified"


def test_a_natural_person_is_not_asked(client):
    person = services.register_person(
        user=cast.UserFactory(), name="张三", document_kind="passport", document_number="E12345678",
        city=cast.CityFactory(),
    )  # fmt: skip
    client.force_login(person.user)
    assert "legal_representative" not in client.get("/organization/verification/").context["form"].fields
    assert submitted(person).facts["legal_representative"] == ""


def test_the_office_compares_it_and_it_is_known_at_the_next_request(owner, client):
    client.force_login(owner.user)
    client.post("/organization/verification/", {"is_true": "on", "legal_representative": f" {NAME} "})
    review = Review.objects.get(organization=owner.organization)
    rows = {row[2]: row[1:] for row in review_facts(review=review)["sections"]}
    assert rows["legal_representative"] == (NAME, "legal_representative", True)
    organization = decided(owner.organization.verifications.get(), cast.officer(), "return", text="请补充")
    assert organization.legal_representative == NAME
    assert client.get("/organization/verification/").context["form"]["legal_representative"].value() == NAME


def test_another_one_has_to_be_verified_again(owner):
    organization = decided(submitted(owner, legal_representative=NAME), cast.officer(), "approve")
    same = {"name": organization.name, "uscc": organization.uscc}
    assert services.amend_identity(organization=organization, actor=owner, **same).state == "verified"
    other = services.amend_identity(organization=organization, actor=owner, legal_representative="严海宁", **same)
    assert (other.state, other.legal_representative) == ("unverified", "严海宁")


def test_the_page_shows_it_to_the_own_members_and_the_officers_only(client):
    firm = cast.OrganizationFactory(legal_representative=NAME)
    page = reverse("accounts:organization_detail", args=[firm.public_id])
    readers = {
        "own": cast.member("inventor", organization=firm), "officer": cast.officer(), "auditor": cast.member("auditor"),
        "city": cast.member("city_officer"), "other": cast.licensee(), "expert": cast.member("expert"),
    }  # fmt: skip
    shown = {"visitor": NAME in client.get(page).content.decode()}
    for who, member in readers.items():
        client.force_login(member.user)
        shown[who] = NAME in client.get(page).content.decode()
    assert [who for who, sees in shown.items() if sees] == ["own", "officer", "auditor", "city"]
