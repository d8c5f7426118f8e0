"""The link of an invitation: read without signing in, accepted by whom it was sent to."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts import queries, services
from accounts.middleware import SESSION_KEY
from foundation.core.clock import database_now
from foundation.core.errors import DomainError


class AcceptInvitation(View):
    """GET shows who invites and what for; POST accepts."""

    def get(self, request, token):
        try:
            invitation = queries.invitation_of(token)
        except DomainError as error:
            return self.refused(request, error)
        return render(
            request,
            "accounts/invitation.html",
            {
                "invitation": invitation,
                "is_open": invitation.is_open(database_now()),
                "is_mine": request.user.is_authenticated and request.user.email == invitation.email,
            },
        )

    def post(self, request, token):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            membership = services.accept_invitation(token=token, user=request.user)
        except DomainError as error:
            return self.refused(request, error)
        request.session[SESSION_KEY] = membership.pk
        messages.success(request, _("Welcome. You now act for this organization."))
        return redirect("marketplace:my_work")

    def refused(self, request, error):
        """The page with the reason, and its status."""
        return render(request, "accounts/invitation.html", {"refusal": error.sentence}, status=error.status)
