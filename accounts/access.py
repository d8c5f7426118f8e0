"""The door of every page for members: visitors sign in, others need the capability."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from accounts import rules


class MemberRequired:
    """View mixin. Set `capability`, or use `MemberRequired.having("declare")` as a base.

    Visitors go to sign in, users without an organization to the registration;
    a member whose role lacks the capability is refused (403).
    """

    capability = None

    @classmethod
    def having(cls, capability):
        """A mixin class that asks for the capability."""
        return type(f"Having_{capability}", (cls,), {"capability": capability})

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.membership is None:
            return redirect("accounts:register")
        if not self.allowed(request.membership):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, membership):
        """Whether this membership may enter; override for more than one capability."""
        return self.capability is None or rules.can(membership, self.capability)


class UserRequired:
    """View mixin for pages that belong to the person, whatever the organization."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)
