"""Who acts in this request, and the second factor that some roles must have."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import current, roles

SESSION_KEY = "membership"
# What people without a second factor still need: to add one, to leave, to read in their language.
OPEN_PATHS = ("/user/", "/i18n/", "/static/", "/healthz", "/metrics")


def chosen(memberships, wanted_id):
    """The membership asked for, else the first one, else None."""
    for membership in memberships:
        if membership.pk == wanted_id:
            return membership
    return memberships[0] if memberships else None


class CurrentMembership:
    """Sets `request.memberships` and `request.membership` afresh: rights bite at once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.memberships, request.membership = [], None
        if request.user.is_authenticated:
            request.memberships = current.memberships(request.user)
            request.membership = chosen(request.memberships, request.session.get(SESSION_KEY))
        return self.get_response(request)


class PreferredLanguage:
    """A signed-in person reads in the language of the account where this browser chose none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def must_add_factor(user, memberships):
    """Whether the user has a role that needs a second factor, and none is set up."""
    if not settings.KAIXU_SECOND_FACTOR_REQUIRED:
        return False
    demanding = user.is_superuser or any(roles.needs_mfa(m.role) for m in memberships)
    return demanding and not is_mfa_enabled(user)


class SecondFactorRequired:
    """Sends officers, finance, auditors and superusers to the set-up until they have a factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        guarded = request.user.is_authenticated and not request.path.startswith(OPEN_PATHS)
        if guarded and must_add_factor(request.user, request.memberships):
            return self.refuse(request)
        return self.get_response(request)

    def refuse(self, request):
        sentence = _("Your role needs a second factor. Please set one up to go on.")
        if request.path.startswith("/api/"):
            body = {
                "type": "about:blank",
                "title": sentence,
                "status": 403,
                "code": "second_factor_needed",
            }
            return JsonResponse(body, status=403, content_type="application/problem+json")
        messages.warning(request, sentence)
        return redirect("mfa_index")
