"""Nothing is set that a client may not set: every endpoint refuses fields it does not know, by name, with 400."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests.architecture.permissions import matrix
from tests.architecture.permissions.rules import ANONYMOUS
from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.world import World
from tests.architecture.test_permission_matrix import ask, filled, world

__all__ = ["world"]
PARAMETER = re.compile(r"\{[^}]+\}|<[^>]+>")
SMUGGLED = {
    "is_staff": True,
    "is_superuser": True,
    "state": "published",
    "organization": 1,
    "patentee": 1,
    "number": "X",
}
PREFERRED = ("owner", "provincial_officer", "city_officer", "finance")
WITH_NUMBER = {"certificate-checks"}  # where one of the names is a field of its own


def written() -> list[tuple[Entry, str]]:
    """Endpoints that read a JSON body, and those that take none, by the schema."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    reading = {
        (PARAMETER.sub("*", path), method.upper())
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method in ("post", "put", "patch")
        and ("requestBody" not in operation or "application/json" in operation["requestBody"]["content"])
    }
    routes = {route.name: PARAMETER.sub("*", f"/{route.path}") for route in matrix.routes()}
    found = [
        (entry, method)
        for entry in matrix.ENTRIES
        for method in entry.methods
        if (routes[entry.route], method) in reading
    ]
    assert len(found) == len(reading - {("/api/v1/payments/callbacks/*/", "POST")})
    return found


def who_may(entry: Entry) -> str:
    """A role that gets past the door."""
    relation = "own" if entry.takes else "-"
    return next((who for who in PREFERRED if entry.rule.cell(who, relation, api=True) == "ok"), ANONYMOUS)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """A signed-in client for each of the roles."""
    made = {who: Client() for who in (*PREFERRED, ANONYMOUS)}
    for who in PREFERRED:
        made[who].force_login(world.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return made


def test_every_endpoint_refuses_fields_it_does_not_know(world: World, clients: dict[str, Client]) -> None:
    checked, wrong = 0, []
    for entry, method in written():
        if entry.rule.closed:
            continue  # signed bodies are judged by their signature first
        who = who_may(entry)
        url = matrix.address(entry, filled(world, who, "own", entry))
        answer: Any = ask(clients[who], method, url, SMUGGLED, json=True)
        refused = {error["field"] for error in answer.json().get("errors", [])} if answer.status_code == 400 else set()
        missing = set(SMUGGLED) - refused - ({"number"} if entry.route in WITH_NUMBER else set())
        if missing:
            wrong.append(f"{method} {entry.route}: {answer.status_code}, not refused: {sorted(missing)}")
        checked += 1
    assert not wrong, "\n" + "\n".join(wrong)
    assert checked > 25
