"""Two roles: the application cannot make, drop, empty or take over a table."""

import psycopg2
import pytest
from django.db import ProgrammingError, connection

FORBIDDEN = [
    "CREATE TABLE public.smuggled (id int)",
    "DROP TABLE django_session",
    "TRUNCATE django_session",
    "ALTER TABLE django_session DISABLE TRIGGER ALL",
    "ALTER TABLE django_session OWNER TO CURRENT_USER",
]


@pytest.mark.django_db
def test_tests_run_as_a_role_that_owns_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("command", FORBIDDEN)
def test_the_application_may_not(command: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(command)


@pytest.mark.django_db(transaction=True)
def test_the_application_cannot_become_the_owner(owner_url: str) -> None:
    owner = psycopg2.extensions.parse_dsn(owner_url)["user"]
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {owner}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_for_the_next(turn: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('key', 'data', now())")
