"""Every lifecycle of the project, every state, every move, every role: the answer is the one of the hand-made table."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from foundation import audit
from foundation.core.lifecycle import Lifecycle
from foundation.core.models import Stateful
from licenses.lifecycle import CNIPA
from licenses.rules import in_charge
from licenses.services import cnipa
from tests import kept
from tests.architecture.permissions.moves import BY_APP, MOVES, OBJECTS, UNUSED, WORDS, meaning
from tests.architecture.permissions.rules import EVERY, OFFICE
from tests.architecture.permissions.world import World
from tests.factories.notifications import search_kind

BESIDE_MODELS = {"licenses.CNIPA": CNIPA}
MODELS = {model._meta.label: model for model in apps.get_models() if issubclass(model, Stateful)}
LIFECYCLES: dict[str, Lifecycle] = {
    **{name: model.LIFECYCLE for name, model in MODELS.items() if not name.startswith("trials.")},
    **BESIDE_MODELS,
}
USERS = {"jobs.ImportBatch": ["jobs", "patents"]}  # who moves what belongs to another app
TABLES = {"lifecycle", "banklifecycle"}  # modules that hold tables; what they name is no use of it


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The fixture world, in one transaction that is taken back at the end."""
    with django_db_blocker.unblock(), search_kind(), kept.once(World) as made:
        yield made


def test_every_lifecycle_and_every_move_has_its_column() -> None:
    found = {name: {move.name: set(move.by) for move in table.moves} for name, table in LIFECYCLES.items()}
    written = {name: {move: set(words.split()) for move, words in moves.items()} for name, moves in MOVES.items()}
    assert written == found
    assert set(OBJECTS) == set(LIFECYCLES) - set(BESIDE_MODELS)
    used = {word for moves in written.values() for words in moves.values() for word in words}
    assert used == WORDS.keys() | {word for words in BY_APP.values() for word in words}


def objects(world: World, name: str) -> Iterator[tuple[str, Any, str]]:
    """("own" or "other", object, words its own side has not) of a lifecycle, for the businesses' side."""
    model = MODELS[name]
    if OBJECTS[name] is None:
        yield "own", model(), ""
        return
    for thing, field, missing in OBJECTS[name]:
        for relation, side in (("own", world.own), ("person", world.personal), ("other", world.foreign)):
            # Among strangers one license stands for both sides.
            yield relation, model.objects.filter(**{field: side[thing]}).latest("pk"), missing


def expected(name: str, state: str, who: str, relation: str, missing: str) -> set[str]:
    """The moves of the hand-made table that lead on from a state and are this role's."""
    able = set()
    for row in LIFECYCLES[name].moves_from(state):
        words = set(MOVES[name][row.name].split()) - {missing}
        if any(who in meaning(name, word)[0 if relation == "own" else 1] for word in words):
            able.add(row.name)
    return able


@pytest.mark.parametrize("name", sorted(MODELS.keys() & OBJECTS.keys()))
def test_every_role_is_offered_the_moves_of_its_column_in_every_state(name: str, world: World) -> None:
    wrong = []
    for relation, found, missing in objects(world, name):
        for state in LIFECYCLES[name].states:
            found.state = str(state)
            assert audit.actions_for(None, found) == []
            for who in EVERY:
                own = relation == ("person" if who == "person" else "own") or (relation == "person" and who in OFFICE)
                should = expected(name, state, who, "own" if own else "other", missing)
                got = {action.name for action in audit.actions_for(world.members[who], found)}
                if got != should:
                    wrong.append(f"{who} [{relation}] {found} in {state}: {sorted(got)}, should be {sorted(should)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_steps_of_cnipa_are_the_officers(world: World) -> None:
    declared = MODELS["licenses.Declaration"].objects
    for relation, side in (("own", world.own), ("other", world.foreign)):
        declaration = declared.get(number=side["published"])
        noted = {who for who in EVERY if in_charge(world.members[who], declaration)}
        assert noted == WORDS["officer"][0 if relation == "own" else 1]


@cache
def words_of(app: str) -> set[str]:
    """Every text constant in the services of an app: what makes a move names it."""
    folder = Path(settings.BASE_DIR) / app.replace("jobs", "foundation/jobs")
    found = set()
    for path in folder.rglob("*.py"):
        if any(part in path.parts for part in ("migrations", "forms", "serializers", "presentation", "templates")):
            continue
        if any(mark in path.stem for mark in TABLES):
            continue
        tree = ast.parse(path.read_text())
        found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str}
    return found


def test_every_row_has_a_service() -> None:
    unused = {
        (name, move)
        for name in OBJECTS
        for move in MOVES[name]
        if not any(move in words_of(app) for app in USERS.get(name, [name.split(".")[0]]))
    }
    assert unused == set(UNUSED)
    assert set(cnipa.MOVES) == set(MOVES["licenses.CNIPA"])  # one service takes them all
