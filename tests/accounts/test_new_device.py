"""A sign-in with a browser that was not used for the account before is told to its owner, once."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from foundation.audit.models import Event
from notifications import services
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    client.post(reverse("account_logout"))
    services.send_waiting()


def told(user):
    return [message for message in mail.outbox if message.to == [user.email] and "new device" in message.subject]


def test_owner_is_told_of_a_new_browser_and_not_again(client):
    user = accounts.licensee().user
    sign_in(client, user)
    sign_in(client, user)
    assert len(told(user)) == 1
    sign_in(Client(), user)
    assert len(told(user)) == 2
    assert Event.objects.filter(name="accounts.user.new_device", subject_id=user.pk).count() == 2


def test_mail_says_when_and_what_to_do(client):
    user = accounts.UserFactory(language="en")
    sign_in(client, user)
    (message,) = told(user)
    assert "UTC+8" in message.body
    assert reverse("usersessions_list") in message.body
    assert reverse("account_reset_password") in message.body


def test_browser_of_two_people_is_known_to_both(client):
    first, second = accounts.UserFactory(), accounts.UserFactory()
    for user in (first, second, first, second):
        sign_in(client, user)
    assert (len(told(first)), len(told(second))) == (1, 1)


def test_forged_mark_counts_for_nothing(client):
    user = accounts.UserFactory()
    client.cookies["kaixu_devices"] = "0123456789abcdef:forged"
    sign_in(client, user)
    assert len(told(user)) == 1


def test_wrong_password_tells_nobody(client):
    user = accounts.UserFactory()
    client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})
    services.send_waiting()
    assert told(user) == []
