"""The API of accounts: tokens, me, organizations, members, verifications."""

from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken

from accounts import services
from accounts.models import Organization
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db
JSON = "application/json"


def signed_in(client, user):
    _stored, text = AuthToken.objects.create(user=user, expiry=timedelta(hours=1))
    client.defaults["HTTP_AUTHORIZATION"] = f"Token {text}"
    return client


def test_a_token_is_given_for_address_and_password_and_ends(client, settings):
    settings.KAIXU_TOKEN_HOURS = 12
    user = cast.member("owner").user
    body = {"email": user.email.upper(), "password": cast.PASSWORD}
    answer = client.post("/api/v1/auth/token/", body, content_type=JSON)
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    stored = AuthToken.objects.get()
    assert timedelta(hours=11) < stored.expiry - timezone.now() <= timedelta(hours=12)
    headers = {"Authorization": f"Token {answer.json()['token']}"}
    assert client.get("/api/v1/me/", headers=headers).json()["email"] == user.email
    assert client.delete("/api/v1/auth/token/", headers=headers).status_code == 204
    assert client.get("/api/v1/me/", headers=headers).status_code == 401


def test_a_token_ends_by_itself(client):
    user = cast.member("owner").user
    _stored, text = AuthToken.objects.create(user=user, expiry=timedelta(seconds=-1))
    answer = client.get("/api/v1/me/", headers={"Authorization": f"Token {text}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"email": "x", "password": "y"}, 400),
        ({"email": "nobody@example.org", "password": "wrong"}, 401),
        ({"email": ["a@example.org"], "password": "x"}, 400),
        ({"email": "a@example.org", "password": "x" * 1_000_000}, 400),
        ({"email": "a@example.org", "password": "x\x00"}, 400),
        ({"email": "a@example.org", "password": "x", "is_staff": True}, 400),
    ],
)
def test_bad_credentials_are_a_problem_document(client, body, status):
    answer = client.post("/api/v1/auth/token/", body, content_type=JSON)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not AuthToken.objects.exists()


def test_guessing_is_locked_out_for_page_and_api_alike(client):
    user = cast.member("owner").user
    wrong = {"email": user.email, "password": "wrong"}
    for _try in range(4):
        assert client.post("/api/v1/auth/token/", wrong, content_type=JSON).status_code == 401
    answer = client.post("/api/v1/auth/token/", wrong, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")
    assert answer["Retry-After"] == "900"
    right = {"email": user.email, "password": cast.PASSWORD}
    assert client.post("/api/v1/auth/token/", right, content_type=JSON).status_code == 429
    page = client.post("/user/login/", {"login": user.email, "password": cast.PASSWORD})
    assert page.status_code == 429
    other = cast.member("owner").user
    right = {"email": other.email, "password": cast.PASSWORD}
    assert client.post("/api/v1/auth/token/", right, content_type=JSON).status_code == 201


@pytest.mark.parametrize(
    "header", ["Token", "Token a b", "Token \xff\xfe", "Token x", "Bearer x", "Token " + "x" * 5000]
)
def test_a_broken_token_is_refused_never_an_error(client, header):
    answer = client.get("/api/v1/me/", headers={"Authorization": header})
    assert answer.status_code == 401


def test_me_tells_for_whom_one_acts_and_what_one_may(client):
    member = cast.patentee()
    signed_in(client, member.user)
    shown = client.get("/api/v1/me/").json()
    assert [m["organization"]["public_id"] for m in shown["memberships"]] == [member.organization.public_id]
    assert shown["memberships"][0]["capabilities"] == ["declare", "manage_portfolio", "see_money"]
    changed = client.patch("/api/v1/me/", {"name": "王五", "language": "zh-hans"}, content_type=JSON)
    assert changed.json()["name"] == "王五"
    for forbidden in ({"email": "x@example.org"}, {"is_superuser": True}, {"id": 1}):
        assert client.patch("/api/v1/me/", forbidden, content_type=JSON).status_code == 400


def test_the_header_chooses_the_organization(client):
    first = cast.member("owner")
    second = cast.member("bidder", user=first.user)
    signed_in(client, first.user)
    address = f"/api/v1/organizations/{second.organization.public_id}/members/"
    assert client.get(address).status_code == 404
    assert client.get(address, headers={"X-Organization": second.organization.public_id}).status_code == 200
    foreign = cast.OrganizationFactory().public_id
    assert client.get("/api/v1/me/", headers={"X-Organization": foreign}).status_code == 403


def registration():
    cast.CityFactory()
    return {"kind": "enterprise", "name": "某某科技有限公司", "uscc": "913205007200000174", "city": "320100"}


def test_registering_is_one_effect_for_one_key(client):
    signed_in(client, cast.UserFactory())
    key = {"Idempotency-Key": "abc"}
    first, second = (
        client.post("/api/v1/organizations/", registration(), content_type=JSON, headers=key) for _try in range(2)
    )
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Organization.objects.filter(kind="enterprise").count() == 1
    other = client.post("/api/v1/organizations/", registration() | {"name": "别的"}, content_type=JSON, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"uscc": "9132050072000001I4"}, "uscc"),
        ({"uscc": None}, "uscc"),
        ({"kind": "administration"}, "kind"),
        ({"kind": "person"}, "kind"),
        ({"city": "999999"}, "city"),
        ({"city": ["320100"]}, "city"),
        ({"city": 320100}, "city"),
        ({"name": " "}, "name"),
        ({"name": {"a": 1}}, "name"),
        ({"state": "verified"}, "state"),
        ({"public_id": "abc"}, "public_id"),
        ({"kind": "foreign_company"}, "foreign_registration"),
    ],
)
def test_a_bad_registration_names_the_field_and_stores_nothing(client, change, field):
    signed_in(client, cast.UserFactory())
    answer = client.post("/api/v1/organizations/", registration() | change, content_type=JSON)
    assert answer.status_code == 400
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert not Organization.objects.exists()


def test_a_taken_code_is_a_conflict_beside_its_field(client):
    services.register_organization(user=cast.UserFactory(), kind="enterprise", name="甲", uscc="913205007200000174")
    signed_in(client, cast.UserFactory())
    answer = client.post("/api/v1/organizations/", registration(), content_type=JSON)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "uscc")


def test_the_public_list_holds_verified_ones_and_no_person(client):
    shown = cast.OrganizationFactory(name="江苏石墨烯有限公司")
    cast.OrganizationFactory(state="unverified")
    cast.member("person")
    ids = [row["public_id"] for row in client.get("/api/v1/organizations/").json()["results"]]
    assert ids == [shown.public_id]
    found = client.get("/api/v1/organizations/", {"q": "石墨烯"}).json()["results"]
    assert [row["name"] for row in found] == ["江苏石墨烯有限公司"]
    assert client.get("/api/v1/organizations/", {"q": "\x00'\""}).json()["results"] == []


def test_strangers_see_no_contacts_members_do(client):
    organization = cast.OrganizationFactory(contact_email="me@example.org")
    address = f"/api/v1/organizations/{organization.public_id}/"
    assert "contact_email" not in client.get(address).json()
    signed_in(client, cast.member("inventor", organization=organization).user)
    assert client.get(address).json()["contact_email"] == "me@example.org"
    assert client.patch(address, {"size": "small"}, content_type=JSON).status_code == 403


def test_an_owner_changes_details_only(client):
    owner = cast.member("owner")
    signed_in(client, owner.user)
    address = f"/api/v1/organizations/{owner.organization.public_id}/"
    assert client.patch(address, {"size": "small"}, content_type=JSON).json()["size"] == "small"
    assert client.patch(address, {"uscc": "913205007200000174"}, content_type=JSON).status_code == 400
    other = cast.OrganizationFactory()
    answer = client.patch(f"/api/v1/organizations/{other.public_id}/", {"size": "small"}, content_type=JSON)
    assert answer.status_code == 403


def test_a_person_over_the_api(client):
    signed_in(client, cast.UserFactory())
    cast.CityFactory()
    body = {"name": "张三", "document_kind": "resident_id", "document_number": "11010519491231002x", "city": "320100"}
    answer = client.post("/api/v1/persons/", body, content_type=JSON)
    assert answer.status_code == 201
    assert "11010519491231002X" not in answer.content.decode()
    wrong = client.post("/api/v1/persons/", body | {"document_number": "1"}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "document_number")


def test_the_reference_tables_are_there(client):
    cities = client.get("/api/v1/cities/").json()["results"]
    assert len(cities) == 13
    assert cities[0] == {"code": "320100", "name_zh": "南京市", "name_en": "Nanjing"}
    industries = client.get("/api/v1/industries/", {"page_size": 200}).json()["results"]
    assert len(industries) == 20 + 31
    assert {row["parent"] for row in industries if len(row["code"]) == 2} == {"C"}
