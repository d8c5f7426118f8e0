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
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from foundation import audit
from foundation.core.clock import database_now, local_date
from notifications import services as notifications
from tests import kept
from tests.architecture.permissions import canaries_auctions, matrix
from tests.architecture.permissions.canaries import Canary, plant
from tests.architecture.permissions.rules import ANONYMOUS
from tests.architecture.permissions.table import Entry, random_value
from tests.architecture.permissions.world import World
from tests.factories.accounts import PASSWORD
from tests.factories.notifications import search_kind

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "permissions" / "authz_matrix.csv"

# Who goes to look whether the markers can be met, at what.
IS_LONG = bool(os.environ.get("KAIXU_LONG"))
SENT_AWAY = {"401", "403", "login"}  # before anything is looked up
# Pages and endpoints that show what is marked; they are looked at first.
SHOWING = (
    "accounts:",
    "notifications:",
    "documents:",
    "approvals:",
    "patents:",
    "licenses:",
    "api_extract",
    "api_decl",
)
MEETING = {"provincial_officer": {"own", "other", "private"}, "owner": {"own"}}
UPLOADS = {
    "api_imports", "api_patent_extracts", "api_declaration_attachments", "api_paper_consents",
    "api_inspection_findings", "api_challenge_deliverables",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any):
    """The fixture world, in one transaction that is taken back at the end."""
    with django_db_blocker.unblock(), search_kind(), kept.once(World) as made:
        yield made


@pytest.fixture(scope="module")
def canaries(world: World) -> list[Canary]:
    """The markers in what is private."""
    return plant(world)


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
        # A stream is read here: the client closes it in its own way.
        answer.shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)  # a savepoint that is only rolled back stays open, with its locks
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


def asked(cells: dict[str, str]) -> dict[str, str]:
    """The cells of a role to try: one of those of a role that is sent away whatever it asks for, but in a long run."""
    first = next(iter(cells.items()))
    sent_away = set(cells.values()) == {first[1]} and first[1] in SENT_AWAY
    return dict([first]) if sent_away and not IS_LONG else cells


@pytest.mark.parametrize("who", matrix.COLUMNS)
def test_every_cell_answers_as_the_role_document_says_and_tells_no_secret(
    who: str, world: World, canaries: list[Canary], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    client = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(world.members[who].user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        give_the_password_again(client)
    paths, wrong = {route.name: route.path for route in matrix.routes()}, []
    for entry in matrix.ENTRIES:
        json = matrix.API.match(paths[entry.route]) is not None and entry.route not in UPLOADS
        cells = {relation: matrix.cells(entry, relation, paths[entry.route])[who] for relation in entry.relations}
        for relation, expected in asked(cells).items():
            url = matrix.address(entry, filled(world, who, relation, entry))
            for method in entry.methods:
                answer = ask(client, method, url, body_of(world, who, entry), json=json)
                named = f"{method} {entry.route} [{relation}] {url}"
                if (got := verdict(answer, who)) != expected:
                    wrong.append(f"{named}: {got}, should be {expected}")
                wrong += [f"{named} tells: {one.name}" for one in canaries if one.sings(who, entry.route, url, answer)]
    wrong += [f"the log tells: {one.name}" for one in canaries if one.is_planted and one.marker in caplog.text]
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_marker_can_be_met_by_those_who_may_know(world: World, canaries: list[Canary]) -> None:
    """A marker that nobody ever meets would prove nothing."""
    never = {"identity number", "digest of a password", "number of a foreign payment", *canaries_auctions.NEVER}
    waiting = {one for one in canaries if one.name not in never}
    lookers = {"recluse": set(), **MEETING, "strange_taker": {"other"}, "stranger": {"other"}}
    entries = sorted(matrix.ENTRIES, key=lambda entry: not entry.route.startswith(SHOWING))
    for who, relations in lookers.items():
        member = world.members.get(who) or getattr(world, who)
        client = Client(raise_request_exception=False)
        client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        about_me = ask(client, "GET", reverse("api_me"), {}, json=False)
        waiting = {one for one in waiting if not one.stands_in(about_me)}
        for entry in (one for one in entries if waiting and "GET" in one.methods):
            for relation in relations & {*entry.relations, "other"} if relations else ():
                url = matrix.address(entry, filled(world, "owner", relation, entry))
                answer = ask(client, "GET", url, {}, json=False)
                waiting = {one for one in waiting if not one.stands_in(answer)}
    assert {one.name for one in waiting} == set()


def test_no_mail_tells_somebody_else(world: World, canaries: list[Canary]) -> None:
    roles = {member.user.email: who for who, member in world.members.items()}
    mark = transaction.savepoint()
    while audit.deliver_pending():
        pass
    notifications.send_waiting()
    transaction.savepoint_rollback(mark)
    told = [(message, roles[to]) for message in mail.outbox for to in message.to if to in roles]
    assert len(told) > len(roles)
    texts = [(who, message.message().as_string() + message.subject + message.body) for message, who in told]
    assert [
        (one.name, who) for one in canaries for who, text in texts if who not in one.seen_by and one.marker in text
    ] == []
