"""Refusals that a page did not answer itself: the right status and one sentence."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import select_template
from django.utils.translation import gettext

from foundation.core import away, htmx
from foundation.core.errors import Busy, DomainError, NotAllowed, NotVisible
from foundation.core.locking import is_away, is_lock_failure


class DomainErrors:
    """Turns a DomainError of a view into a page (for htmx: a toast). NotVisible is 404, NotAllowed 403.

    An address with a NUL in it names nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:  # PostgreSQL cannot be asked for such a name: there is nothing there
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django for what a view raised; None leaves it to others."""
        if isinstance(error, OperationalError) and is_lock_failure(error):
            error = Busy()
        if is_away(error):
            return away.server_error(request)
        if not isinstance(error, DomainError):
            return None
        if isinstance(error, NotVisible):
            raise Http404(error.code) from error
        if isinstance(error, NotAllowed):
            raise PermissionDenied(error.sentence) from error
        return refusal(request, error)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a refusal."""
    if htmx.is_partial(request):
        answer = HttpResponse(status=error.status, headers={"HX-Reswap": "none"})
        answer = htmx.toast(answer, error.sentence, "danger")
    else:
        page = select_template([f"errors/{error.status}.html", "errors/refused.html", "errors/page.html"])
        shown = {"status": error.status, "title": gettext("This did not work"), "text": error.sentence}
        answer = HttpResponse(page.render({**shown, "sentence": error.sentence}, request), status=error.status)
    if error.status == Busy.status:
        answer["Retry-After"] = "1"
    return answer
