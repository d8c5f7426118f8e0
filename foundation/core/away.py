"""The database does not answer: 503 and when to come again, for pages and programs, instead of a fault of ours."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults

from foundation.core import problems
from foundation.core.errors import Unavailable
from foundation.core.locking import is_away

RETRY_AFTER = "5"


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of what nobody caught; it is called while the error is still being handled."""
    if not is_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    if request.path_info.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            problems.document(Unavailable()), status=Unavailable.status, content_type=problems.MEDIA_TYPE
        )
    else:
        answer = render(None, "errors/503.html", status=Unavailable.status)  # without a request nothing is looked up
    answer["Retry-After"] = RETRY_AFTER
    return answer
