"""Errors of the API as RFC 9457 problem documents, DomainErrors included."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response

from foundation.core.errors import Busy, DomainError, Invalid, InvalidMany, Unavailable
from foundation.core.locking import is_away, is_lock_failure

MEDIA_TYPE = "application/problem+json"


class BodyTooLarge(Invalid):
    """The body without its files is larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    code, status = "body_too_large", 413
    message = _("The request is too large.")


class TooManyParts(Invalid):
    """More form fields or files than one request may hold."""

    code = "too_many_parts"
    message = _("The request has too many fields or files.")


class Refused(APIException):
    """A DomainError on its way through DRF."""

    def __init__(self, error: DomainError):
        self.error = error
        self.status_code = error.status
        super().__init__(error.sentence, error.code)


class Handler(ExceptionHandler):
    """Turns our errors into DRF's before they are shown, and gives the answer its media type."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, OperationalError) and is_lock_failure(exc):
            exc = Busy()
        if is_away(exc):
            exc = Unavailable()
        # Django's own answer to these two would be an HTML page.
        if isinstance(exc, RequestDataTooBig):
            exc = BodyTooLarge()
        if isinstance(exc, TooManyFieldsSent | TooManyFilesSent):
            exc = TooManyParts()
        if isinstance(exc, InvalidMany):
            return ValidationError({name: [ErrorDetail(str(text), "invalid")] for name, text in exc.errors.items()})
        if isinstance(exc, DomainError):
            return Refused(exc)
        if isinstance(exc, ProtectedError):
            return Refused(DomainError())
        return super().convert_known_exceptions(exc)

    def get_response(self, exc: APIException, data: dict) -> Response:
        response = super().get_response(exc, data)
        response.content_type = MEDIA_TYPE
        if response.status_code == Busy.status:
            response["Retry-After"] = "1"
        return response


class Problem(ExceptionFormatter):
    """``{type, title, status, detail, code}``, and for wrong fields ``errors: [{field, detail, code}]``."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        status, found = self.exc.status_code, error_response.errors
        code, detail = (found[0].code, found[0].detail) if found else ("error", str(self.exc))
        fields = [{"field": e.attr, "detail": e.detail, "code": e.code} for e in found]
        error = getattr(self.exc, "error", None)
        if error is not None:
            fields = [{"field": error.field, "detail": detail, "code": code}] if error.field else []
        elif isinstance(self.exc, ValidationError):
            code, detail = "invalid", gettext("Some fields are not valid.")
        else:
            fields = []
        problem = {**_problem(status, code, detail), **(error.members if error else {})}
        return {**problem, "errors": fields} if fields else problem


def document(error: DomainError) -> dict[str, Any]:
    """The problem document of an error that no view of the API raised."""
    return _problem(error.status, error.code, error.sentence)


def refusal(error: DomainError) -> dict[str, Any]:
    """The whole problem document of an error, as a view of the API answers it."""
    problem = {**document(error), **error.members}
    field = {"field": error.field, "detail": error.sentence, "code": error.code}
    return {**problem, "errors": [field]} if error.field else problem


def _problem(status: int, code: str, detail: str) -> dict[str, Any]:
    kind = f"urn:kaixu:problem:{code}"
    return {"type": kind, "title": _title(status), "status": status, "detail": detail, "code": code}


def _title(status: int) -> str:
    titles = {
        400: gettext("The request is not valid"),
        401: gettext("Please sign in"),
        403: gettext("Not allowed"),
        404: gettext("Not found"),
        405: gettext("This address does not know this method"),
        406: gettext("This form of answer is not available"),
        409: gettext("Not possible at present"),
        413: gettext("The request is too large"),
        415: gettext("This form of body is not accepted"),
        422: gettext("Not possible with these contents"),
        429: gettext("Too many requests"),
        503: gettext("Busy"),
    }
    return titles.get(status, gettext("Something went wrong"))
