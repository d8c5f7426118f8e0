"""From nothing to an organization: sign up, confirm by the mail's link, sign in, register."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Membership, User
from notifications import services
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-phrase-nobody-guesses-7"
ENGLISH = {"Accept-Language": "en"}


def sign_up(client, email="New@Example.org", **changes):
    data = {"email": email, "password1": PASSWORD, "password2": PASSWORD} | changes
    return client.post(reverse("account_signup"), data, headers=ENGLISH)


def confirm(client):
    services.send_waiting()
    words = mail.outbox[-1].body.split()
    link = next(word for word in words if "/confirm-email/" in word)
    path = "/" + link.split("/", 3)[3]
    return client.post(path, headers=ENGLISH)


def test_a_new_person_signs_up_confirms_and_registers(client):
    assert sign_up(client).status_code == 302
    user = User.objects.get()
    assert (user.email, user.language) == ("new@example.org", "en")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(reverse("accounts:settings")).status_code == 302
    assert confirm(client).status_code == 302
    client.post(reverse("account_login"), {"login": "NEW@example.org", "password": PASSWORD})
    assert client.get(reverse("accounts:members"))["Location"] == reverse("accounts:register")
    data = {"name": "江苏某大学", "uscc": "913205007200000174", "city": cast.CityFactory().pk}
    assert client.post("/register/university/", data).status_code == 302
    assert Membership.objects.get(user=user).role == "owner"


def test_the_mail_waits_while_the_mail_server_is_away(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert sign_up(client).status_code == 302
    assert services.send_waiting() == 0
    assert User.objects.count() == 1


def test_an_address_that_is_taken_is_not_given_away(client):
    cast.UserFactory(email="new@example.org")
    assert sign_up(client).status_code == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "another-long-phrase-9"}, "password2"),
    ],
)
def test_a_bad_sign_up_is_told_beside_the_field(client, change, field):
    answer = sign_up(client, **change)
    assert field in answer.context["form"].errors
    assert not User.objects.exists()
