"""The shape of the house: what points where, and what stands where it must."""

import subprocess
import sys
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext, override

from foundation.audit import checks, phrases
from foundation.core import handlers

ORDER = [
    "core", "audit", ("documents", "jobs"), "accounts", "notifications", "patents", "approvals", "settlement",
    ("licenses", "auctions", "challenges"), "marketplace",
]  # fmt: skip
RANK = {name: rank for rank, names in enumerate(ORDER) for name in ([names] if isinstance(names, str) else names)}
BIN = Path(sys.executable).parent
STATEFUL = checks.stateful_models()


def ours():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in RANK]


def test_imports_point_down():
    done = subprocess.run(
        [BIN / "lint-imports", "--config", ".importlinter"], cwd=settings.BASE_DIR, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_no_model_points_to_a_higher_app_or_a_sibling():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if (target := field.related_model._meta.app_label) != model._meta.app_label and target in RANK
        if RANK[target] >= RANK[model._meta.app_label]
    ]
    assert wrong == []


def test_the_ground_points_at_no_user_and_no_organization():
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        if RANK[model._meta.app_label] < RANK["accounts"]
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.app_label == "accounts"
    ]
    assert wrong == []


def test_start_up_checks_find_nothing():
    call_command("check")
    assert handlers.missing() == []


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_every_label_of_a_lifecycle_stands_in_both_languages(model):
    lifecycle = model.LIFECYCLE
    assert set(lifecycle.labels) == set(lifecycle.states)
    labels = [*lifecycle.labels.values(), *(move.label for move in lifecycle.moves if move.label)]
    with override("zh-hans"):
        assert [label for label in labels if gettext(label) == label] == []


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_every_move_is_made_by_a_rule_the_clock_or_the_system(model):
    for move in model.LIFECYCLE.moves:
        for by in move.by:
            assert by in ("clock", "system") or rules.rule_exists(f"{model._meta.app_label}.{by}"), (move.name, by)


@pytest.mark.django_db
@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_the_database_knows_the_lifecycle_as_it_stands_in_the_code(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal AND t.tgenabled = 'O'",
            [f'"{model._meta.db_table}"'],
        )
        installed = dict(cursor.fetchall())
    assert {"kaixu_state", "kaixu_state_recorded"} <= set(installed)
    assert installed["kaixu_state"].strip() in model.LIFECYCLE.as_trigger_sql(model._meta.db_table)


@pytest.mark.django_db
def test_every_stored_moment_has_a_zone():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
        )
        assert cursor.fetchall() == []


def test_every_phrase_of_an_event_stands_in_chinese():
    with override("zh-hans"):
        said = {name: getattr(text, "one", text) for name, text in phrases.registered().items()}
        assert [name for name, text in said.items() if gettext(text) == text] == []


def test_made_pages_of_the_docs_are_fresh():
    call_command("write_docs", check=True)
