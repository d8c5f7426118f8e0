import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from foundation.core import serializers
from foundation.core.api import Idempotent, StrictJSONParser
from foundation.core.errors import Busy, DomainError, Invalid, InvalidMany, NotAllowed, NotVisible
from foundation.core.models import NumberSequence

pytestmark = pytest.mark.django_db
PATH = "/things/"


class Thing(serializers.Serializer):
    year = serializers.serializers.IntegerField(min_value=1)


class Things(Idempotent):
    authentication_classes = permission_classes = ()
    parser_classes = (StrictJSONParser, MultiPartParser)
    error = None

    def post(self, request):
        if Things.error:
            raise Things.error
        thing = Thing(data={"year": request.data.get("year")} if request.FILES else request.data)
        thing.is_valid(raise_exception=True)
        made = NumberSequence.objects.create(scheme="x", last=NumberSequence.objects.count(), **thing.validated_data)
        return Response({"id": made.pk}, status=201, headers={"Location": f"/things/{made.pk}/"})


@pytest.fixture
def post(monkeypatch):
    def send(body, key=None, error=None, content_type="application/json"):
        monkeypatch.setattr(Things, "error", error)
        headers = {"Idempotency-Key": key} if key is not None else {}
        raw = body if isinstance(body, bytes) else json.dumps(body)
        answer = Things.as_view()(APIRequestFactory().generic("POST", PATH, raw, content_type, headers=headers))
        answer.render()
        return answer

    return send


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:kaixu:problem:{body['code']}"
    assert body["title"]
    assert body["detail"]
    return body


def test_the_same_key_gets_the_same_answer(post):
    first, second = post({"year": 1}, "k"), post({"year": 1}, "k")
    assert (first.status_code, first.content, first["Location"]) == (201, second.content, second["Location"])
    assert second["Idempotent-Replayed"] == "true"
    assert NumberSequence.objects.count() == 1


def test_the_same_key_with_another_body_is_a_422(post):
    post({"year": 1}, "k")
    assert problem(post({"year": 2}, "k"))["code"] == "key_reused"
    assert NumberSequence.objects.count() == 1


def test_a_refused_request_may_be_repeated_with_its_key(post):
    assert post({"year": 1}, "k", error=DomainError()).status_code == 409
    assert post({"year": 1}, "k").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 129, "é"])
def test_a_key_that_is_none_is_refused(post, key):
    assert problem(post({"year": 1}, key))["code"] == "idempotency_key_invalid"


def test_a_file_counts_by_its_contents():
    def upload(content):
        data = {"year": "3", "file": SimpleUploadedFile("a.csv", content)}
        request = APIRequestFactory().post(PATH, data, format="multipart", headers={"Idempotency-Key": "f"})
        return Things.as_view()(request).status_code

    assert (upload(b"1"), upload(b"1"), upload(b"2")) == (201, 201, 422)


@pytest.mark.parametrize(
    ("error", "status", "code", "fields"),
    [
        (Invalid("No.", field="year"), 400, "invalid", ["year"]),
        (InvalidMany({"year": "No.", "moon": "No."}), 400, "invalid", ["year", "moon"]),
        (NotAllowed(), 403, "not_allowed", None),
        (NotVisible(), 404, "not_found", None),
        (Http404(), 404, "not_found", None),
        (DomainError(), 409, "refused", None),
        (Busy(), 503, "busy", None),
    ],
)
def test_a_refusal_is_a_problem_document(post, error, status, code, fields):
    answer = post({"year": 1}, error=error)
    body = problem(answer)
    assert (body["status"], body["code"]) == (status, code)
    assert [row["field"] for row in body.get("errors", [])] == (fields or [])
    assert answer.get("Retry-After") == ("1" if status == 503 else None)


@pytest.mark.parametrize(
    ("body", "field"),
    [({"year": 0}, "year"), ({"year": [1]}, "year"), ({}, "year"), ({"year": 1, "status": "x"}, "status")],
)
def test_a_wrong_field_is_named(post, body, field):
    assert [row["field"] for row in problem(post(body))["errors"]] == [field]
    assert not NumberSequence.objects.exists()


@pytest.mark.parametrize("raw", [b"{", b"\xef\xbb\xbf{}", b'{"a": 1, "a": 2}', b"[" * 10_000, b"[1]", b'"x"', b"null"])
def test_a_hostile_body_is_a_400(post, raw):
    assert problem(post(raw))["status"] == 400


def test_a_body_of_another_kind_is_a_415(post):
    assert problem(post(b"a=1", content_type="text/plain"))["status"] == 415
    assert JSONParser.media_type == StrictJSONParser.media_type


def test_too_many_fields_and_too_large_bodies_are_problems_not_pages(post, settings):
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n1\r\n' for n in range(20))
    body, form = (parts + "--b--\r\n").encode(), "multipart/form-data; boundary=b"
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = post(body, content_type=form)
    assert answer.status_code == 400
    assert problem(answer)["code"] == "too_many_parts"
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100, 5
    answer = post(body, content_type=form)
    assert answer.status_code == 413
    assert problem(answer)["code"] == "body_too_large"
