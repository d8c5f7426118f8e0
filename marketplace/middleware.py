"""The request's id: taken from the proxy or made here, in every log line and event, given back in the answer."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

LAWFUL = re.compile(r"[A-Za-z0-9-]{8,64}")


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
