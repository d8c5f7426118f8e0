"""Nobody approves what they made themselves: every act of two persons, the maker in every role, service and raw SQL."""

import re

import pytest
from django.apps import apps
from django.conf import settings as conf
from django.db import IntegrityError, connection, transaction

from accounts.models import Membership, User
from accounts.roles import ROLES
from foundation.core import handlers
from foundation.core.errors import DomainError
from tests.factories.accounts import officer
from tests.factories.payouts import APPROVED
from tests.settlement.four_eyes.acts import ACTS, RULES
from tests.settlement.four_eyes.columns import ALONE, TOGETHER
from tests.settlement.four_eyes.table import DESK, seats

pytestmark = pytest.mark.django_db
PERSON = re.compile(r"(^|_)(by|by_id|user_id)$")
OURS = {path.name for path in conf.BASE_DIR.iterdir() if (path / "__init__.py").exists()}
TWO = re.compile(r"\b(?:\w+_by_id|\w+_by_user_id|maker_id|opener_id)\b")
CHECKED_TWICE = ("settlement.", "auctions.ruling")
PAIR = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""


class TakenBack(Exception):
    """Ends an attempt, whatever came of it."""


@pytest.fixture
def scene(request, monkeypatch, settings):
    settings.KAIXU_FOUR_EYES_ABOVE_FEN = 0
    return request.getfixturevalue("act").make(monkeypatch)


def tried(attempt):
    """The error of an attempt, which is taken back; None where it succeeded."""
    try:
        with transaction.atomic():
            attempt()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            raise TakenBack
    except TakenBack:
        return None
    except (DomainError, IntegrityError) as error:
        return error


def approved_by(act, scene, maker, role):
    """The seats of a maker in a role from which the approval went through; all is taken back."""
    with transaction.atomic():
        found = [
            f"{role} of {seat.organization.kind}"
            for seat in seats(scene, maker, role)
            if tried(lambda seat=seat: act.attempt(fresh(scene), seat)) is None
        ]
        transaction.set_rollback(True)
    return found


def fresh(scene):
    for row in (scene.subject, scene.review):
        if row is not None:
            row.refresh_from_db()
    return scene


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_no_maker_is_the_second_person_in_any_role(act, scene):
    approvals = [one for maker in scene.makers for role in ROLES for one in approved_by(act, scene, maker, role)]
    assert approvals == []
    assert tried(lambda: act.attempt(fresh(scene), act.second(scene))) is None  # somebody else may


@pytest.mark.parametrize("act", [act for act in ACTS if act.kind.startswith(CHECKED_TWICE)], ids=str)
def test_what_approvals_says_is_not_enough_where_the_maker_said_it(act, scene):
    decided = f"review.decided:{act.kind}"
    facts = {"review": scene.review, "decision": APPROVED}
    assert tried(lambda: handlers.call(decided, **facts, actor=scene.makers[0])) is not None
    assert tried(lambda: handlers.call(decided, **facts, actor=officer())) is None


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_the_database_refuses_it_from_raw_sql_too(act, scene):
    review = scene.review
    names = {
        "pk": scene.subject.pk,
        "maker": scene.makers[0].user_id,
        "other": officer().user_id,
        "review": review and review.pk,
        "opener": review and review.opener_user_id,
        "decider": review and (review.submitter_user_id or review.opener_user_id),
    }
    for sql, refusal in act.raw + (DESK if review else ()):
        error = tried(lambda sql=sql: connection.cursor().execute(sql.format(**names)))
        assert re.search(refusal, str(error)), (sql, error)


@pytest.mark.parametrize(("sql", "refusal"), RULES)
def test_a_rule_of_tax_or_fees_is_not_laid_down_by_one_person(sql, refusal):
    assert re.search(refusal, str(tried(lambda: connection.cursor().execute(sql))))


def persons():
    """Every column of the project's tables that names a person, by label."""
    return {
        f"{model._meta.label}.{column.attname}"
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.related_model in (User, Membership) or PERSON.search(column.attname)
        if model.__module__.split(".")[0] in OURS
    }


def test_every_column_that_names_a_person_is_in_an_act_or_stands_alone_for_a_reason():
    assert persons() == TOGETHER | set(ALONE)
    assert TOGETHER & set(ALONE) == set()


def test_every_kind_of_case_is_in_the_matrix():
    kinds = {key.removeprefix("review.decided:") for key in handlers._owners if key.startswith("review.decided:")}
    assert kinds == {act.kind for act in ACTS if act.kind}


def test_every_check_that_compares_two_persons_is_tried():
    with connection.cursor() as cursor:
        cursor.execute(PAIR)
        checks = {name for name, text in cursor.fetchall() if len(set(TWO.findall(text))) > 1}
    attempts = [*RULES, *DESK, *(attempt for act in ACTS for attempt in act.raw)]
    refusals = " ".join(refusal for _sql, refusal in attempts)
    assert len(checks) > 10
    assert {name for name in checks if name not in refusals} == set()
