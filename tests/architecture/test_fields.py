"""Field by field: each role gets the keys of the table, what is only read cannot be written, and every endpoint
refuses fields it does not know, by name, with 400.
"""

import csv
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests.architecture.permissions import fields, matrix
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
PREFERRED = ("owner", "provincial_officer", "city_officer", "finance", "expert")
DOCUMENT = Path(__file__).parent / "permissions" / "fields_matrix.csv"
SHOWN_BY = {"api_member": "api_members"}  # who has no page of its own is shown by a list
OTHER = {str: "changed", int: 4711, bool: False, list: [], dict: {}, type(None): "changed"}
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


def who_may(entry: Entry) -> tuple[str, str]:
    """A role that gets past the door, and for which objects."""
    relations = [one for one in ("-", "own", "counterparty", "bidding", "other") if one in entry.relations]
    pairs = [(who, one) for one in relations for who in PREFERRED if entry.rule.cell(who, one, api=True) == "ok"]
    return next(iter(pairs), (ANONYMOUS, relations[0]))


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
        who, relation = who_may(entry)
        url = matrix.address(entry, filled(world, who, relation, entry))
        answer: Any = ask(clients[who], method, url, SMUGGLED, json=True)
        refused = {error["field"] for error in answer.json().get("errors", [])} if answer.status_code == 400 else set()
        missing = set(SMUGGLED) - refused - ({"number"} if entry.route in WITH_NUMBER else set())
        if missing:
            wrong.append(f"{method} {entry.route}: {answer.status_code}, not refused: {sorted(missing)}")
        checked += 1
    assert not wrong, "\n" + "\n".join(wrong)
    assert checked > 25


def signed_in(world: World, who: str) -> Client:
    """A client of a role, or a visitor's."""
    client = Client()
    if who != ANONYMOUS:
        client.force_login(world.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def first(body: Any) -> dict[str, Any] | None:
    """The answer itself, or the first row of a list."""
    found = body.get("results", body) if isinstance(body, dict) else body
    return found if isinstance(found, dict) else next(iter(found), None)


def as_csv() -> str:
    """The document as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(fields.rows())
    return out.getvalue()


def test_field_document_is_that_of_the_table() -> None:
    if os.environ.get("KAIXU_WRITE_MATRIX"):
        DOCUMENT.write_text(as_csv())
    assert DOCUMENT.read_text() == as_csv()


def test_every_role_gets_the_keys_of_the_table(world: World) -> None:
    wrong, met = [], set()
    for who in matrix.COLUMNS:
        client = signed_in(world, who)
        for one in fields.SHAPES:
            answer = client.get(matrix.address(one.entry, filled(world, who, one.relation, one.entry)))
            body = first(answer.json()) if answer.status_code == 200 else {}
            cells = {key: one.cell(who, key) for key in one.all_keys}
            if body is None:
                continue  # an empty list has no keys; `met` sees to it that somebody has a row
            met.add(one)
            named = f"{one.route} [{one.relation}] as {who}"
            expected = {key for key, cell in cells.items() if cell != "-"}
            if set(body) != expected:
                wrong.append(f"{named}: {sorted(set(body) ^ expected)}")
            told = [key for key, cell in cells.items() if cell == "null" and body.get(key) is not None]
            wrong += [f"{named}: {key} is not withheld" for key in told]
    assert not wrong, "\n" + "\n".join(wrong)
    assert met == set(fields.SHAPES)


def shown(client: Client, url: str, pk: Any = None) -> dict[str, Any]:
    """The object as it stands now."""
    body = client.get(url).json()
    if pk is None:
        return body
    rows = body["results"] if isinstance(body, dict) else body
    return next(row for row in rows if row["id"] == pk)


@pytest.mark.parametrize("route", fields.WRITABLE)
def test_fields_that_are_only_read_cannot_be_written(route: str, world: World) -> None:
    client = signed_in(world, "owner")
    entry = next(one for one in matrix.ENTRIES if one.route == route and "PATCH" in one.methods)
    values, writable = filled(world, "owner", "own", entry), fields.WRITABLE[route].split()
    url, seen_at, pk = matrix.address(entry, values), None, None
    if route in SHOWN_BY:
        pk = values.pop("pk")
        seen_at = matrix.address(next(one for one in matrix.ENTRIES if one.route == SHOWN_BY[route]), values)
    before = shown(client, seen_at or url, pk)
    only_read = [key for key in before if key not in writable]
    assert only_read
    with transaction.atomic():
        for key in only_read:
            answer = client.patch(url, {key: OTHER[type(before[key])]}, content_type="application/json")
            assert (answer.status_code, [e["code"] for e in answer.json()["errors"]]) == (400, ["unknown_field"]), key
            assert answer.json()["errors"][0]["field"] == key
        assert shown(client, seen_at or url, pk) == before
        transaction.set_rollback(True)


def test_nouns_without_a_way_to_change_them_refuse_every_method_that_writes(world: World) -> None:
    client, wrong = signed_in(world, "owner"), []
    known = {(one.route, method) for one in matrix.ENTRIES for method in one.methods}
    for one in fields.SHAPES:
        for method in ("PUT", "PATCH"):
            if (one.route, method) in known:
                continue
            url = matrix.address(one.entry, filled(world, "owner", one.relation, one.entry))
            answer = client.generic(method, url, "{}", content_type="application/json")
            if answer.status_code not in (403, 404, 405):
                wrong.append(f"{method} {url}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
