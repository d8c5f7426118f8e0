"""Programs of people who deal with money, at the API."""

from typing import Any

from rest_framework.test import APIClient

from tests.settlement.browsing import BACKEND

API = "/api/v1/"


class Caller:
    """Somebody's client: answers as they come, the sentences in English unless told."""

    def __init__(self, membership: Any, language: str = "en"):
        self.client = APIClient(headers={"accept-language": language})
        self.client.force_login(membership.user, backend=BACKEND)
        self.client.cookies["kaixu_language"] = language

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"{API}{path}", query)

    def rows(self, path: str, **query: str) -> list[dict]:
        """The first page of a list."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"{API}{path}", {} if body is None else body, format="json", headers=headers)

    def done(self, path: str, body: Any = None) -> dict:
        """What a POST that succeeds answers."""
        answer = self.post(path, body)
        assert answer.status_code == 201, answer.content
        return answer.json()


def refused(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal; it has to be a problem document with a sentence."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert problem["detail"]
    return answer.status_code, problem["code"]


def wrong_fields(answer: Any) -> set[str]:
    """The fields a 400 names."""
    assert answer.status_code == 400, answer.content
    return {error["field"] for error in answer.json()["errors"]}
