"""Every route, every role, own and others' objects: the answer is the one the role table says.

The expected answers are computed from `permissions/rules.py`, which is written by hand from the table of roles, never
from what the site answered. `KAIXU_WRITE_MATRIX=1` writes the role document anew.
"""

import os
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from foundation.core.clock import database_now, local_date
from tests.architecture.permissions import matrix
from tests.architecture.permissions.rules import ANONYMOUS
from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.world import World, random_value
from tests.factories.accounts import PASSWORD
from tests.factories.notifications import search_kind

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "permissions" / "authz_matrix.csv"

UPLOADS = {"api_imports", "api_patent_extracts", "api_declaration_attachments", "api_paper_consents"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any):
    """The fixture world, in one transaction that is taken back at the end."""
    with django_db_blocker.unblock(), search_kind():
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)
        connection.close()


def filled(world: World, who: str, relation: str, entry: Entry) -> dict[str, Any]:
    """The values of the address."""
    made = {}
    for parameter, name in entry.takes.items():
        if name.startswith("="):
            made[parameter] = name[1:]
        elif relation == "random":
            made[parameter] = random_value(parameter)
        else:
            made[parameter] = world.thing(who, relation, name)
    return made


def body_of(world: World, who: str, entry: Entry) -> dict[str, Any]:
    """The body, with what begins with @ filled in."""
    made = {}
    for field, value in entry.body.items():
        if value == "@today":
            made[field] = local_date(database_now()).isoformat()
        elif isinstance(value, str) and value.startswith("@"):
            made[field] = world.thing(who, "own", value[1:])
        else:
            made[field] = value
    return made


def ask(client: Client, method: str, url: str, body: dict[str, Any], *, json: bool) -> Any:
    """One request whose effects are taken back."""
    cookies, mark = client.cookies.output(), transaction.savepoint()
    kept = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    options = {} if method == "GET" else {"data": body}
    if json and method != "GET":
        options["content_type"] = "application/json"
    try:
        answer = getattr(client, method.lower())(url, **options)
        if answer.streaming:
            b"".join(answer.streaming_content)  # the client closes it in its own way
        return answer
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(mark)
        if client.cookies.output() != cookies:
            client.cookies = kept


def give_the_password_again(client: Client) -> None:
    """Pages about the sign-in ask for the password again: it was given just now."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302


def verdict(answer: Any, who: str) -> str:
    """The cell that an answer means."""
    status = answer.status_code
    if status in (401, 403, 404):
        return str(status)
    if who == ANONYMOUS and status == 302 and answer["Location"].startswith(f"{reverse('account_login')}?next="):
        return "login"
    if status >= 500 and status != 503:
        return f"error {status}"
    return "ok" if status != 405 else "405"


def test_every_route_and_method_has_its_entries() -> None:
    found = {(route.name, method) for route in matrix.routes() for method in route.methods or {"GET"}}
    named = {(entry.route, method) for entry in matrix.ENTRIES for method in entry.methods}
    functions = {route.name for route in matrix.routes() if not route.methods}
    assert found - named == set(), "routes without an entry"
    assert {pair for pair in named - found if pair[0] not in functions} == set(), "entries without a route"


def test_role_document_is_that_of_the_rules_and_has_no_blank() -> None:
    if os.environ.get("KAIXU_WRITE_MATRIX"):
        DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
        DOCUMENT.write_text(matrix.as_csv())
    assert DOCUMENT.read_text() == matrix.as_csv()
    assert all(all(cell for cell in row) for row in matrix.rows())


@pytest.mark.parametrize("who", matrix.COLUMNS)
def test_every_cell_answers_as_the_role_document_says(who: str, world: World) -> None:
    client = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(world.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        give_the_password_again(client)
    paths, wrong = {route.name: route.path for route in matrix.routes()}, []
    for entry in matrix.ENTRIES:
        json = matrix.API.match(paths[entry.route]) is not None and entry.route not in UPLOADS
        for relation in entry.relations:
            expected = matrix.cells(entry, relation, paths[entry.route])[who]
            url = matrix.address(entry, filled(world, who, relation, entry))
            for method in entry.methods:
                answer = ask(client, method, url, body_of(world, who, entry), json=json)
                if (got := verdict(answer, who)) != expected:
                    wrong.append(f"{method} {entry.route} [{relation}] {url}: {got}, should be {expected}")
    assert not wrong, "\n" + "\n".join(wrong)
