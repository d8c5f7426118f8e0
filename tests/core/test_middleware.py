import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory

from foundation.core import htmx
from foundation.core.errors import Busy, DomainError, NotAllowed, NotVisible
from foundation.core.middleware import DomainErrors

PARTIAL = {"HTTP_HX_REQUEST": "true"}


def answer_to(error, **headers):
    return DomainErrors(lambda request: None).process_exception(RequestFactory().post("/", **headers), error)


def test_what_is_not_visible_does_not_exist_and_what_is_not_allowed_is_denied():
    with pytest.raises(Http404):
        answer_to(NotVisible())
    with pytest.raises(PermissionDenied):
        answer_to(NotAllowed())


def test_other_errors_are_left_to_others():
    assert answer_to(ValueError()) is None
    assert answer_to(OperationalError("gone")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/licenses/%00/", "/c/%00/", "/api/v1/certificates/%00/", "/organizations/a%00b/"])
def test_an_address_with_a_nul_names_nothing(client, address):
    assert client.get(address).status_code == 404


def test_for_htmx_a_refusal_is_a_toast_and_swaps_nothing():
    answer = answer_to(DomainError(), **PARTIAL)
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (409, "none", b"")
    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == DomainError().sentence


def test_a_busy_system_says_when_to_come_back():
    assert answer_to(Busy(), **PARTIAL)["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("headers", "partial"),
    [({}, False), (PARTIAL, True), ({**PARTIAL, "HTTP_HX_BOOSTED": "true"}, False),
     ({**PARTIAL, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, False)],
)  # fmt: skip
def test_only_a_partial_request_gets_a_part(headers, partial):
    request = RequestFactory().post("/", **headers)
    assert htmx.is_partial(request) is partial
    answer = htmx.redirect(request, "/next/")
    assert (answer.status_code, answer.get("HX-Redirect"), answer.get("Location")) == (
        (204, "/next/", None) if partial else (303, None, "/next/")
    )
