"""The corpus through every form and every endpoint there is: refused in words, never an error.

The endpoints come from the API's schema, the pages from the role document: a new one is tried without being named.
"""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.architecture.permissions import bad_input, matrix
from tests.architecture.permissions.rules import ANONYMOUS, EVERY
from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.world import World
from tests.architecture.test_permission_matrix import (
    UPLOADS,
    ask,
    body_of,
    filled,
    give_the_password_again,
    world,
)

__all__ = ["world"]
PATHS = {route.name: route.path for route in matrix.routes()}
WRITTEN = [
    (entry, method) for entry in matrix.ENTRIES for method in entry.methods if method in ("POST", "PUT", "PATCH")
]
PREFERRED = ("owner", "provincial_officer", "city_officer", "finance", *sorted(EVERY))


def is_api(entry: Entry) -> bool:
    return matrix.API.match(PATHS[entry.route]) is not None


def door(entry: Entry) -> tuple[str, str]:
    """A role that may use a page or an endpoint, and for whose object."""
    if entry.rule.open_to_all and not entry.takes and not is_api(entry):
        return ANONYMOUS, "own"
    for relation in ("own", "counterparty", "bidding", "other", "-") if entry.takes else ("-",):
        for who in PREFERRED:
            if relation in (*entry.relations, "-") and entry.rule.cell(who, relation, api=is_api(entry)) == "ok":
                return who, relation
    return ANONYMOUS, "own"


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """A signed-in client for each role; errors come as answers, as in life."""
    made = {who: Client(raise_request_exception=False) for who in (*EVERY, ANONYMOUS)}
    for who in EVERY:
        made[who].force_login(world.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        give_the_password_again(made[who])
    return made


def test_every_endpoint_refuses_the_corpus_in_every_field(world: World, clients: dict[str, Client]) -> None:
    wrong, tried = [], set()
    for entry, method in WRITTEN:
        found = bad_input.operation(PATHS[entry.route], method) if is_api(entry) and not entry.rule.closed else {}
        (who, relation), names = door(entry), bad_input.fields_of(found)
        if not found or not names:
            continue
        tried.add((bad_input.PARAMETER.sub("*", f"/{PATHS[entry.route]}"), method))
        url = matrix.address(entry, filled(world, who, relation, entry))
        as_json = entry.route not in UPLOADS
        values = bad_input.SENT if as_json else bad_input.TYPED
        for name, body in bad_input.each(values, names, body_of(world, who, entry)):
            answer: Any = ask(clients[who], method, url, body, json=as_json)
            if trouble := bad_input.wrong_in_api(answer, name):
                wrong.append(f"{method} {entry.route}, {name}: {trouble}")
        for name, body in bad_input.BODIES.items() if as_json else ():
            answer = ask(clients[who], method, url, body, json=True)
            if answer.status_code < 400 or bad_input.wrong_in_api(answer, name):
                wrong.append(f"{method} {entry.route}, body {name}: {answer.status_code}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert {path for path, method in bad_input.with_body() if (path, method) not in tried} == bad_input.SIGNED


def test_every_form_refuses_the_corpus_in_every_field(world: World, clients: dict[str, Client]) -> None:
    wrong, without = [], set()
    for who in EVERY:  # the endpoints before may have taken longer than a password given again counts
        give_the_password_again(clients[who])
    for entry, method in sorted(WRITTEN, key=lambda one: one[0].route == "account_logout"):  # at the end
        if is_api(entry):
            continue
        who, relation = door(entry)
        url = matrix.address(entry, filled(world, who, relation, entry))
        with bad_input.recorded_fields() as names:
            ask(clients[who], method, url, {}, json=False)
        names -= bad_input.NO_FIELDS
        if not names:
            without.add(entry.route)
        for name, body in bad_input.each(bad_input.ON_PAGES, names, body_of(world, who, entry)) if names else ():
            answer = ask(clients[who], method, url, body, json=False)
            if trouble := bad_input.wrong_on_page(answer, names):
                wrong.append(f"{method} {entry.route} as {who}, {name}: {trouble}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert without == bad_input.WITHOUT_FIELDS
