"""Around every request: its id, taken from the proxy or made here; health, asked of nobody; the API's word for an
unknown address.
"""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from foundation.core import problems
from foundation.core.errors import NotVisible
from marketplace.health import Health

LAWFUL = re.compile(r"[A-Za-z0-9-]{8,64}")
HEALTH = "/healthz"
FOR_PROGRAMS = ("/api/", "/sandbox-bank/api/")


class RequestId:
    """Reads `X-Request-ID`, replaces one that is not plain, and answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if LAWFUL.fullmatch(given) else str(uuid.uuid4())
        request.META["HTTP_X_REQUEST_ID"] = request_id
        request.__dict__.pop("headers", None)  # cached from META before the change
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class HealthFirst:
    """Answers `/healthz` before anything asks the database who is there: a cookie must not make a 500 of the 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.health = Health.as_view()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (self.health if request.path_info == HEALTH else self.get_response)(request)


class UnknownApiAddress:
    """An address for programs that no route knows is answered like every problem of the API, not with a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != NotVisible.status or not request.path_info.startswith(FOR_PROGRAMS):
            return response
        if response.headers.get("Content-Type", "").startswith(problems.MEDIA_TYPE):
            return response
        return JsonResponse(problems.document(NotVisible()), status=NotVisible.status, content_type=problems.MEDIA_TYPE)
