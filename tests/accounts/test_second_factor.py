"""The second factor: forced for the roles that need it, outside local settings."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from accounts import roles
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
FORCED = sorted(key for key, role in roles.ROLES.items() if role.needs_mfa)
FREE = sorted(key for key, role in roles.ROLES.items() if not role.needs_mfa)


@pytest.fixture(autouse=True)
def forced(settings, monkeypatch):
    """Codes live thirty seconds: the clock they are read by stands still for a test."""
    settings.KAIXU_SECOND_FACTOR_REQUIRED = True
    began = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: began))


def code_now():
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2]))


def test_the_administration_and_finance_need_a_factor_and_nobody_else():
    assert FORCED == ["auditor", "city_officer", "finance", "provincial_officer", "superuser"]


@pytest.mark.parametrize("role", FORCED)
@pytest.mark.parametrize("name", ["accounts:settings", "accounts:members", "notifications:list"])
def test_without_a_factor_every_page_leads_to_the_set_up(client, role, name):
    client.force_login(cast.member(role).user)
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get(reverse("account_logout")).status_code == 200


@pytest.mark.parametrize("role", FORCED)
def test_with_a_factor_the_pages_open(client, role):
    member = cast.member(role)
    TOTP.activate(member.user, SECRET)
    client.force_login(member.user)
    assert client.get(reverse("accounts:settings")).status_code == 200


@pytest.mark.parametrize("role", FREE)
def test_others_are_not_forced(client, role):
    client.force_login(cast.member(role).user)
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_a_second_membership_with_a_demanding_role_counts_too(client):
    member = cast.member("owner")
    cast.member("finance", user=member.user)
    client.force_login(member.user)
    assert client.get(reverse("accounts:settings"))["Location"] == reverse("mfa_index")


def test_a_superuser_of_the_database_is_forced(client):
    client.force_login(cast.UserFactory(is_superuser=True))
    assert client.get(reverse("accounts:settings"))["Location"] == reverse("mfa_index")


def test_local_settings_may_leave_it_out(client, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    client.force_login(cast.officer().user)
    assert client.get(reverse("accounts:settings")).status_code == 200


def token(client, user, **more):
    body = {"email": user.email, "password": cast.PASSWORD} | more
    return client.post("/api/v1/auth/token/", body, content_type="application/json")


@pytest.mark.parametrize("role", FORCED)
def test_the_api_refuses_a_token_without_the_factor(client, role):
    answer = token(client, cast.member(role).user)
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "second_factor_needed"


def test_the_api_asks_for_the_code_and_takes_each_code_once(client):
    member = cast.officer()
    TOTP.activate(member.user, SECRET)
    assert token(client, member.user).json()["code"] == "code_needed"
    code = code_now()
    assert token(client, member.user, code="000000" if code != "000000" else "111111").json()["code"] == "code_wrong"
    assert token(client, member.user, code=code).status_code == 201
    assert token(client, member.user, code=code).json()["code"] == "code_wrong"


def test_a_recovery_code_works_once(client):
    member = cast.officer()
    TOTP.activate(member.user, SECRET)
    codes = RecoveryCodes.activate(member.user).get_unused_codes()
    assert token(client, member.user, code=codes[0]).status_code == 201
    assert token(client, member.user, code=codes[0]).status_code == 401


def test_a_token_dies_when_the_role_begins_to_need_a_factor(client):
    member = cast.member("owner")
    text = token(client, member.user).json()["token"]
    headers = {"Authorization": f"Token {text}"}
    assert client.get("/api/v1/me/", headers=headers).status_code == 200
    cast.member("finance", user=member.user)
    answer = client.get("/api/v1/me/", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_needed")


def test_a_lost_factor_locks_the_api_again(client):
    member = cast.officer()
    TOTP.activate(member.user, SECRET)
    text = token(client, member.user, code=code_now()).json()["token"]
    headers = {"Authorization": f"Token {text}"}
    assert client.get("/api/v1/me/", headers=headers).status_code == 200
    Authenticator.objects.filter(user=member.user).delete()
    assert client.get("/api/v1/me/", headers=headers).status_code == 403


def test_changing_factor_or_address_asks_for_the_password_again(client):
    member = cast.member("owner")
    client.post(reverse("account_login"), {"login": member.user.email, "password": cast.PASSWORD})
    session = client.session
    methods = session["account_authentication_methods"]
    for method in methods:
        method["at"] -= 3600
    session["account_authentication_methods"] = methods
    session.save()
    activate = client.get(reverse("mfa_activate_totp"))
    change = client.post(reverse("account_email"), {"email": "other@example.org", "action_add": ""})
    for answer in (activate, change):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
