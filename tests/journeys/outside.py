"""An outside client of the API: knows its schema, its logins, and nothing else.

Every call must be described: its path, its method and the status of its answer stand in the schema.
"""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests
import yaml

TIMEOUT = 30
PARAMETER = re.compile(r"\{[^}]+\}")
ANYTHING = ("default",)


@dataclass
class Schema:
    """The published description of the API."""

    url: str
    paths: list[tuple[re.Pattern, dict]] = field(default_factory=list)

    def read(self) -> "Schema":
        """Fetch it."""
        document = yaml.safe_load(requests.get(f"{self.url}/api/schema/", timeout=TIMEOUT).content)
        for template, operations in document["paths"].items():
            fixed = "[^/]+".join(re.escape(part) for part in PARAMETER.split(template))
            self.paths.append((re.compile(f"{fixed}$"), operations))
        self.paths.sort(key=lambda pair: pair[0].pattern.count("[^/]+"))
        return self

    def answers(self, method: str, path: str) -> dict[str, dict]:
        """The described answers of an operation; fails where it is not described."""
        for pattern, operations in self.paths:
            if pattern.match(path) and method.lower() in operations:
                return operations[method.lower()]["responses"]
        raise AssertionError(f"the schema does not describe {method} {path}")


class Refused(AssertionError):
    """An answer that was not expected."""


@dataclass
class Client:
    """One person with a token, or a visitor."""

    schema: Schema
    token: str = ""

    def sign_in(self, email: str, password: str) -> "Client":
        """Get a token."""
        self.token = self.post("/auth/token/", {"email": email, "password": password})["token"]
        return self

    def ask(self, method: str, path: str, *, expect: int, key: str = "", **options: Any) -> requests.Response:
        """One request; the status is the expected one and stands in the schema."""
        full = path if path.startswith("/sandbox-bank/") else f"/api/v1{path}"
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Token {self.token}"} if self.token else {})
        headers |= {"Idempotency-Key": key} if key else {}
        answer = requests.request(method, self.schema.url + full, headers=headers, timeout=TIMEOUT, **options)
        described = self.schema.answers(method, full.partition("?")[0])
        if answer.status_code != expect:
            raise Refused(f"{method} {full}: {answer.status_code}, expected {expect}: {answer.text[:2000]}")
        if expect < 400:
            assert str(expect) in described, f"{method} {full} answers {expect}, which the schema does not say"
        else:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == expect
        return answer

    def get(self, path: str, *, expect: int = 200, **options: Any) -> Any:
        """GET, read as JSON."""
        return self.ask("GET", path, expect=expect, **options).json()

    def post(self, path: str, body: Any = None, *, expect: int = 201, key: str = "", **options: Any) -> Any:
        """POST JSON (or `files`) under a new Idempotency-Key, or the given one."""
        if "files" not in options:
            options["json"] = {} if body is None else body
        return self.ask("POST", path, expect=expect, key=key or uuid.uuid4().hex, **options).json()

    def put(self, path: str, body: Any, *, expect: int = 200) -> Any:
        """PUT JSON."""
        return self.ask("PUT", path, expect=expect, json=body).json()

    def every(self, path: str) -> list[Any]:
        """All rows of a list, page by page."""
        rows: list[Any] = []
        page = self.get(path)
        while True:
            rows += page["results"]
            if not page["next"]:
                return rows
            page = self.get(page["next"].partition("/api/v1")[2])
