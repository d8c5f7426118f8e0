"""A single DATABASE_URL is enough: the second role is made from it."""

import os
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from local import places, postgres, roles, servers


@pytest.fixture
def administrator() -> str:
    """A role that may make roles, as a person with one powerful URL would have it."""
    if os.environ.get("DATABASE_URL"):
        return settings.SERVERS.owner
    account = places.account()
    return postgres.Postgres(places.server_folder(settings.DATA_DIR, account), account).url(postgres.ADMIN)


@pytest.mark.django_db
def test_one_url_becomes_two_roles(administrator: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = roles.with_database(administrator, settings.KAIXU_TEST_DATABASE)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    found = servers.addresses(tmp_path)
    assert found.owner == url
    assert roles.role_of(found.app) == f"{settings.KAIXU_TEST_DATABASE}_app"
    try:
        with psycopg2.connect(found.app) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,)
        connection.close()
    finally:
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            role = psycopg2.sql.Identifier(roles.role_of(found.app))
            cursor.execute(psycopg2.sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(role))
        connection.close()


@pytest.mark.django_db
def test_a_role_that_makes_roles_but_is_no_superuser_can_start_twice(administrator: str) -> None:
    database = settings.KAIXU_TEST_DATABASE
    manager, app = f"{database}_manager", f"{database}_app"
    url = roles.with_role(roles.with_database(administrator, database), manager, "first")
    admin = psycopg2.connect(roles.with_database(administrator, database))
    admin.autocommit = True
    cursor = admin.cursor()
    roles.make_role(cursor, manager, "first", "NOSUPERUSER CREATEROLE CREATEDB")
    try:
        first, second = roles.split(url, "one"), roles.split(url, "two")
        assert [roles.role_of(one) for one in (*first, *second)] == [app, manager, app, manager]
        psycopg2.connect(second[0]).close()
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [manager, app])
        assert cursor.fetchone() == (True,)  # it may end the application's sessions
    finally:
        for name in (manager, app):
            role = psycopg2.sql.Identifier(name)
            cursor.execute(psycopg2.sql.SQL("GRANT {0} TO CURRENT_USER").format(role))
            cursor.execute(psycopg2.sql.SQL("DROP OWNED BY {0}").format(role))
        for name in (app, manager):
            cursor.execute(psycopg2.sql.SQL("DROP ROLE {}").format(psycopg2.sql.Identifier(name)))
        admin.close()


def test_two_checkouts_on_one_database_agree_on_the_second_password(tmp_path: Path) -> None:
    url, other = "postgresql://kaixu:secret@db/kaixu", "postgresql://kaixu@db/kaixu"
    here, there = tmp_path / "here", tmp_path / "there"
    assert servers.app_password(url, here) == servers.app_password(url, there) != "secret"
    assert servers.app_password(other, here) == servers.app_password(other, here)
    assert servers.app_password(other, here) != servers.app_password(other, there)


def test_two_urls_are_taken_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/kaixu")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/kaixu")
    monkeypatch.setenv("REDIS_URL", "redis://cache/0")
    found = servers.addresses(tmp_path, role="owner")
    assert found.environment() == {
        "DATABASE_URL": "postgresql://app@db/kaixu",
        "DATABASE_OWNER_URL": "postgresql://owner@db/kaixu",
        "REDIS_URL": "redis://cache/0",
    }
    assert found.database == "postgresql://owner@db/kaixu"
