"""How a person proves who they are: API tokens, password with second factor, and the brute-force brake."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from knox.auth import TokenAuthentication
from rest_framework import exceptions

from accounts import current, queries
from accounts.middleware import chosen, must_add_factor
from foundation.core.clock import machine_now
from foundation.core.errors import DomainError

LOCKED_SECONDS = 900


class CredentialsWrong(DomainError):
    """Address and password do not fit; never says which."""

    code = "credentials_wrong"
    status = 401
    message = _("E-mail address or password is wrong.")


class CodeNeeded(DomainError):
    """The account has a second factor."""

    code = "code_needed"
    status = 401
    field = "code"
    message = _("Enter the code of your second factor.")


class CodeWrong(DomainError):
    """The second factor does not fit."""

    code = "code_wrong"
    status = 401
    field = "code"
    message = _("This code is wrong or was used already.")


class SecondFactorNeeded(DomainError):
    """The role demands a factor that is not set up."""

    code = "second_factor_needed"
    status = 403
    message = _("Your role needs a second factor. Please set one up on the website first.")


class AddressUnconfirmed(DomainError):
    """The e-mail address was never confirmed."""

    code = "address_unconfirmed"
    status = 403
    message = _("Please confirm your e-mail address first.")


def identified(*, request, email, password, code=""):
    """The user with these credentials; every wrong try counts for axes.

    Raises CredentialsWrong, CodeNeeded, CodeWrong, SecondFactorNeeded, AddressUnconfirmed.
    """
    user = authenticate(request, username=email.lower(), password=password)
    if user is None:
        raise CredentialsWrong()
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        raise AddressUnconfirmed()
    if is_mfa_enabled(user):
        _check_code(request, user, code)
    elif must_add_factor(user, queries.memberships_of(user)):
        raise SecondFactorNeeded()
    return user


def _check_code(request, user, code):
    if not code:
        raise CodeNeeded()
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for factor in Authenticator.objects.filter(user=user, type__in=kinds):
        if factor.wrap().validate_code(code):
            return
    user_login_failed.send(sender=__name__, credentials={"username": user.email}, request=request)
    raise CodeWrong()


class Token(TokenAuthentication):
    """A knox token; `X-Organization` names the organization to act for, else the first one."""

    def authenticate(self, request):
        found = super().authenticate(request)
        if found is None:
            return None
        user, token = found
        memberships = current.memberships(user)
        if must_add_factor(user, memberships):
            raise exceptions.PermissionDenied(str(SecondFactorNeeded.message), "second_factor_needed")
        plain = request._request
        plain.memberships = memberships
        plain.membership = self.acting(request, memberships)
        return user, token

    def acting(self, request, memberships):
        """The membership the header names. Raises PermissionDenied for a foreign organization."""
        wanted = request.headers.get("X-Organization")
        if not wanted:
            return chosen(memberships, None)
        for membership in memberships:
            if membership.organization.public_id == wanted:
                return membership
        raise exceptions.PermissionDenied(_t("You are not a member of this organization."), "not_a_member")

    def authenticate_credentials(self, token):
        try:
            return super().authenticate_credentials(token)
        except UnicodeDecodeError as error:
            raise exceptions.AuthenticationFailed(_t("This token is not valid.")) from error

    def _cleanup_token(self, auth_token):
        """This token alone: reading the person's other tokens with each request would cost a query."""
        if auth_token.expiry is None or auth_token.expiry >= machine_now():
            return False
        auth_token.delete()
        return True


class TokenScheme(OpenApiAuthenticationExtension):
    """How the token stands in the API's description."""

    target_class = "accounts.authentication.Token"
    name = "token"

    def get_security_definition(self, auto_schema):
        return build_bearer_security_scheme_object("Authorization", "Token")


def attempted_address(request, credentials=None):
    """Whom a sign-in tried to be, for axes: from the credentials, else from the form."""
    sources = [credentials or {}, getattr(request, "POST", {})]
    for source in sources:
        for name in ("username", "email", "login"):
            if value := source.get(name):
                return str(value).strip().lower()[:254]
    return None


def locked_out(request, original_response=None, credentials=None):
    """The answer after too many wrong tries: 429 with the time to wait, page or problem document."""
    sentence = _t("Too many wrong tries. Please wait 15 minutes, or reset the password.")
    if request.path.startswith("/api/"):
        body = {
            "type": "urn:kaixu:problem:locked_out",
            "title": _t("Too many requests"),
            "status": 429,
            "detail": sentence,
            "code": "locked_out",
        }
        answer = JsonResponse(body, status=429, content_type="application/problem+json")
    else:
        answer = render(request, "accounts/locked_out.html", {"sentence": sentence}, status=429)
    answer["Retry-After"] = str(LOCKED_SECONDS)
    return answer
