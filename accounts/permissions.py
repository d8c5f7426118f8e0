"""Permission classes of the API, from the table of roles."""

from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts import rules


class IsMember(BasePermission):
    """Signed in and acting for an organization."""

    def has_permission(self, request, view):
        return bool(request.user and request.user.is_authenticated and request.membership)


def HasCapability(capability, *, read_open=False):
    """A permission class: the acting membership's role has the capability.

    `read_open=True` lets everybody read.
    """

    class Capable(BasePermission):
        def has_permission(self, request, view):
            if read_open and request.method in SAFE_METHODS:
                return True
            return request.user.is_authenticated and rules.can(request.membership, capability)

    Capable.__name__ = f"HasCapability_{capability}"
    return Capable
