"""Every page of people and organizations: who gets in, what a form does, what is refused beside its field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Invitation, Membership, Organization
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db

MEMBER_PAGES = ["settings", "register", "members", "verification", "organization_settings", "identity", "invite"]


@pytest.mark.parametrize("name", MEMBER_PAGES)
def test_visitors_are_sent_to_sign_in(client, name):
    answer = client.get(reverse(f"accounts:{name}"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/user/login/?next=/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", MEMBER_PAGES)
def test_an_owner_sees_every_page(client, name, language):
    client.force_login(cast.member("owner", user=cast.UserFactory(language=language)).user)
    answer = client.get(reverse(f"accounts:{name}"))
    assert answer.status_code == 200
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in answer.content.decode()


@pytest.mark.parametrize("name", ["organization_settings", "identity", "invite"])
@pytest.mark.parametrize("role", ["ip_manager", "bidder", "inventor"])
def test_members_without_the_capability_are_refused(client, name, role):
    client.force_login(cast.member(role).user)
    assert client.get(reverse(f"accounts:{name}")).status_code == 403


def test_a_user_without_an_organization_is_sent_to_register(client):
    client.force_login(cast.UserFactory())
    answer = client.get(reverse("accounts:members"))
    assert answer["Location"] == reverse("accounts:register")


def registration(**changes):
    city = cast.CityFactory()
    return {"name": "江苏某大学", "uscc": "913205007200000174", "city": city.pk} | changes


def test_registering_leads_to_the_verification(client):
    client.force_login(cast.UserFactory())
    answer = client.post("/register/university/", registration())
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:verification"))
    assert Organization.objects.get(kind="university").name == "江苏某大学"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("uscc", "9132050072000001I4", "“I”"),
        ("uscc", "91320500720000017", "18 characters"),
        ("uscc", "913205007200000175", "last character"),
        ("uscc", "", "required"),
        ("name", "   ", "required"),
        ("name", "a" * 100_000, "at most 200"),
        ("name", "a\x00b", "characters"),
        ("city", "999999", "not one of the available choices"),
        ("city", "-1", "not one of the available choices"),
        ("contact_phone", "<script>", "phone number"),
        ("contact_email", "a\r\nBcc: b@example.org", "valid email"),
        ("size", "huge", "not one of the available choices"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_stores_nothing(client, field, value, sentence):
    client.force_login(cast.UserFactory())
    answer = client.post("/register/university/", registration(**{field: value}))
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert not Organization.objects.exclude(kind="administration").exists()


def test_a_second_click_registers_nothing_twice(client):
    client.force_login(cast.UserFactory())
    data = registration(form_token="a" * 32)
    first, second = (client.post("/register/university/", data) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Organization.objects.filter(uscc="913205007200000174").count() == 1


@pytest.mark.parametrize("kind", ["person", "administration", "no-kind"])
def test_only_registrable_kinds_have_a_form(client, kind):
    client.force_login(cast.UserFactory())
    expected = 200 if kind == "person" else 404
    assert client.get(f"/register/{kind}/").status_code == expected


def test_a_person_registers_and_never_sees_the_whole_number_again(client):
    client.force_login(cast.UserFactory())
    data = {
        "name": "张三",
        "document_kind": "resident_id",
        "document_number": "11010519491231002X",
        "city": cast.CityFactory().pk,
    }
    answer = client.post("/register/person/", data, follow=True)
    assert answer.status_code == 200
    assert "110***********002X" in answer.content.decode()
    assert "11010519491231002X" not in answer.content.decode()


def test_a_wrong_document_number_is_not_echoed_into_the_sentence(client):
    client.force_login(cast.UserFactory())
    data = {"name": "张三", "document_kind": "resident_id", "document_number": "123", "city": cast.CityFactory().pk}
    answer = client.post("/register/person/", data)
    assert answer.status_code == 422
    assert "18 characters" in answer.context["form"].errors["document_number"][0]


def test_the_public_page_shows_no_contact(client):
    organization = cast.OrganizationFactory(
        contact_email="secret@example.org", contact_phone="025-1", address="某路1号"
    )
    page = client.get(organization.get_absolute_url())
    assert page.status_code == 200
    shown = page.content.decode()
    assert organization.uscc in shown
    assert "secret@example.org" not in shown and "某路1号" not in shown


@pytest.mark.parametrize("made", [{"state": "unverified"}, {"kind": "person"}])
def test_unverified_ones_and_persons_have_no_public_page(client, made):
    organization = cast.OrganizationFactory(**made)
    assert client.get(organization.get_absolute_url()).status_code == 404
    own = cast.member("person" if made.get("kind") else "owner", organization=organization)
    client.force_login(own.user)
    assert client.get(organization.get_absolute_url()).status_code == 200


def test_details_are_changed_and_the_page_tells_the_history(client):
    owner = cast.member("owner")
    client.force_login(owner.user)
    data = {"name_en": "Better Name", "size": "small", "city": owner.organization.city_id}
    answer = client.post(reverse("accounts:organization_settings"), data, follow=True)
    assert answer.status_code == 200
    organization = Organization.objects.get(pk=owner.organization_id)
    assert (organization.name_en, organization.size) == ("Better Name", "small")
    assert "The details were changed." in client.get(organization.get_absolute_url()).content.decode()


def test_a_changed_code_takes_the_verification_away(client):
    owner = cast.member("owner")
    client.force_login(owner.user)
    data = {"name": owner.organization.name, "uscc": "913205007200000174"}
    assert client.post(reverse("accounts:identity"), data).status_code == 302
    organization = Organization.objects.get(pk=owner.organization_id)
    assert (organization.uscc, organization.state) == ("913205007200000174", "unverified")


def test_members_of_another_organization_are_not_found(client):
    client.force_login(cast.member("owner").user)
    stranger = cast.member("bidder")
    for name in ("member", "deactivate_member", "reactivate_member"):
        address = reverse(f"accounts:{name}", args=[stranger.pk])
        assert client.post(address, {"role": "owner"}).status_code == 404
        assert client.post(reverse(f"accounts:{name}", args=[999_999_999]), {}).status_code == 404
    assert Membership.objects.get(pk=stranger.pk).role == "bidder"


def test_inviting_accepting_and_refusing_by_the_pages(client):
    owner = cast.member("owner")
    client.force_login(owner.user)
    data = {"email": "new@example.org", "role": "ip_manager", "language": "en"}
    assert client.post(reverse("accounts:invite"), data).status_code == 302
    invitation = Invitation.objects.get()
    address = reverse("accounts:invitation", args=[invitation.token])
    client.logout()
    page = client.get(address, headers={"Accept-Language": "en"})
    assert "Sign in and accept" in page.content.decode()
    client.force_login(cast.UserFactory())
    assert client.post(address).status_code == 403
    client.force_login(cast.UserFactory(email="new@example.org"))
    assert client.get(reverse("accounts:register")).context["invitations"][0] == invitation
    assert client.post(address).status_code == 302
    assert Membership.objects.get(user__email="new@example.org").role == "ip_manager"
    assert client.get(reverse("accounts:invitation", args=["broken"])).status_code == 404


def test_the_role_form_offers_only_what_may_be_given(client):
    owner = cast.member("owner")
    client.force_login(owner.user)
    answer = client.post(reverse("accounts:invite"), {"email": "x@example.org", "role": "superuser", "language": "en"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_switching_changes_for_whom_one_acts(client):
    first = cast.member("owner")
    second = cast.member("bidder", user=first.user)
    client.force_login(first.user)
    address = reverse("accounts:switch_organization")
    assert client.post(address, {"membership": second.pk, "next": "//evil.example"})["Location"] == "/work/"
    page = client.get(reverse("accounts:settings"))
    assert page.wsgi_request.membership.pk == second.pk
    for foreign in (cast.member("owner").pk, "abc", "", "-1"):
        assert client.post(address, {"membership": foreign}).status_code == 404


def test_settings_follow_the_person(client):
    user = cast.UserFactory(language="zh-hans")
    client.force_login(user)
    answer = client.post(reverse("accounts:settings"), {"name": "李四", "language": "en", "theme": "dark"})
    assert answer.status_code == 302
    assert answer.cookies["kaixu_language"].value == "en"
    user.refresh_from_db()
    assert (user.name, user.language, user.theme) == ("李四", "en", "dark")
    bad = client.post(reverse("accounts:settings"), {"name": "x", "language": "fr", "theme": "dark"})
    assert bad.status_code == 422


@pytest.mark.parametrize("name", ["members", "organization_list"])
def test_lists_ask_the_same_number_of_queries_for_one_and_three_rows(client, name):
    owner = cast.member("owner")
    client.force_login(owner.user)
    address = reverse(f"accounts:{name}")
    client.get(address)

    def count():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    one = count()
    for _more in range(2):
        cast.member("bidder", organization=owner.organization)
        cast.OrganizationFactory()
    assert count() == one <= 12
