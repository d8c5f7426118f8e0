"""Patent numbers are checked on a page, by a command and over the API."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient


def test_the_page_checks_a_list_of_numbers(client, db):
    answer = client.post(reverse("patents:check_numbers"), {"numbers": "ZL 2021 1 0123456.7\n\n2021 3 0567891.2\n"})
    assert [entry["reason"] for entry in answer.context["answers"]] == [None, "check_digit"]


@pytest.mark.parametrize("text", ["", "\x00", "x" * 300_000])
def test_the_page_refuses_what_is_no_list(client, db, text):
    assert client.post(reverse("patents:check_numbers"), {"numbers": text}).status_code == 422


def test_the_command_answers_every_line(monkeypatch, db):
    sent = b"ZL 2021 1 0123456.7\r\n\n" + b"\xff\xfe\n" + b"9" * 100_000 + b"\n01112787.2"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sent)))
    out = io.StringIO()
    call_command("check_numbers", stdout=out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer["normalized"] for answer in answers] == ["202110123456.7", None, None, None, "01112787.2"]
    assert set(answers[0]) == {"input", "valid", "normalized", "kind", "reason"}


def test_the_api_checks_numbers(db):
    answer = APIClient().post(
        "/api/v1/patent-numbers/checks/", {"numbers": ["ZL 2021 1 0123456.7", "x"]}, format="json"
    )
    assert (answer.status_code, [r["valid"] for r in answer.json()["results"]]) == (200, [True, False])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"numbers": []},
        {"numbers": "x"},
        {"numbers": [1]},
        {"numbers": [None]},
        {"numbers": ["x"], "is_staff": True},
        [],
    ],
)
def test_the_api_refuses_wrong_bodies_with_a_problem(db, body):
    answer = APIClient().post("/api/v1/patent-numbers/checks/", body, format="json")
    if body == {"numbers": [1]}:
        assert answer.status_code == 200  # a number written as a JSON number is text to us
        return
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, "application/problem+json")
