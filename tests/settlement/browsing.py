"""Browsers of people who deal with money."""

from django.test import Client

from tests.factories.accounts import member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(membership, language="en"):
    client = Client(headers={"accept-language": language})
    client.force_login(membership.user, backend=BACKEND)
    client.cookies["kaixu_language"] = language
    return client


def payer_of(obligation):
    return browser(member("licensing_user", organization=obligation.debtor))


def payee_of(obligation):
    return browser(member("ip_manager", organization=obligation.creditor))


def page_of(obligation):
    return f"/finance/obligations/{obligation.number}/"
