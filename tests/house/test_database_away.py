"""Without a database pages and programs get a 503 with a sentence, and nothing is called a fault of ours."""

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from foundation.core.locking import is_away

ADDRESSES = ["/", "/auctions/", "/api/v1/declarations/", "/api/v1/lots/JSPA-2026S1-0001-4/"]


@pytest.fixture
def away(monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OperationalError("connection refused") from psycopg2.OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_asks_is_told_to_come_again(away, address, language):
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) >= 1
    if address.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"] == "unavailable"
    else:
        said = "不可用" if language == "zh-hans" else "does not answer"
        assert said in answer.content.decode()


@pytest.mark.parametrize(("state", "expected"), [(None, True), ("08006", True), ("57P01", True), ("57014", False),
                                                  ("55P03", False)])  # fmt: skip
def test_a_statement_that_failed_is_no_absence(state, expected):
    cause = type("Cause", (Exception,), {"pgcode": state})()
    error = OperationalError("x")
    error.__cause__ = cause
    assert is_away(error) is expected
    assert is_away(InterfaceError("connection already closed")) and not is_away(ValueError("x")) and not is_away(None)
