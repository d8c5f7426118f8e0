"""Two database roles: the owner makes tables and triggers, the application only reads and writes rows.

Whoever breaks into the application cannot switch off a trigger or drop a table.
"""

import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

DEFAULT_RIGHTS = """
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {app};
    GRANT USAGE ON SCHEMA public TO {app};
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
"""
TABLES_WITHOUT_RIGHTS = """
    SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tableowner = %s
      AND NOT has_table_privilege(%s, format('%%I.%%I', schemaname, tablename), 'SELECT')
"""


def as_json(values: dict[str, Any]) -> str:
    """Passwords and port as kept on disk."""
    return json.dumps(values)


def with_role(url: str, role: str, password: str) -> str:
    """`url` for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{host}"))


def with_database(url: str, name: str) -> str:
    """`url` for another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(name)}"))


def role_of(url: str) -> str:
    """The role that `url` signs in as."""
    return unquote(urlsplit(url).username or "")


def database_of(url: str) -> str:
    """The database that `url` names."""
    return unquote(urlsplit(url).path.lstrip("/"))


def make_role(cursor: Any, name: str, password: str, rights: str) -> None:
    """Create the role, or give it this password (its rights stay: only a superuser may name them again)."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    statement = "ALTER ROLE {} LOGIN" if cursor.fetchone() else f"CREATE ROLE {{}} LOGIN {rights}"
    cursor.execute(sql.SQL(f"{statement} PASSWORD %s").format(sql.Identifier(name)), [password])


def make_pair(connection: Connection, owner: str, owner_password: str, app: str, app_password: str) -> None:
    """Create both roles. The owner may end the application's sessions, to drop a test database."""
    with connection.cursor() as cursor:
        make_role(cursor, owner, owner_password, "CREATEDB NOSUPERUSER")
        make_role(cursor, app, app_password, "NOSUPERUSER NOCREATEDB NOCREATEROLE")
        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(owner)))


def make_database(admin_url: str, name: str, owner: str, app: str) -> None:
    """Create the database where it is missing; what the owner makes there later, `app` may use."""
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(name), sql.Identifier(owner)
                )
            )
    connection.close()
    grant(with_database(admin_url, name), owner, app)


def grant(url: str, owner: str, app: str) -> None:
    """Let `app` use, but not own, what `owner` makes in the database of `url`."""
    names = {"owner": sql.Identifier(owner), "app": sql.Identifier(app)}
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kaixu.grant'))")
        cursor.execute(sql.SQL(DEFAULT_RIGHTS).format(**names))
        cursor.execute(TABLES_WITHOUT_RIGHTS, [owner, app])
        for (table,) in cursor.fetchall():
            cursor.execute(sql.SQL(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {{app}}").format(**names))
    connection.close()


def split(url: str, app_password: str) -> tuple[str, str]:
    """(application's URL, owner's URL) where only one URL was given.

    The given role becomes the owner; a second role `<database>_app` is made. A role that may not make roles
    stays alone: then the second value equals the first.
    """
    owner, app = role_of(url), f"{database_of(url)}_app"
    try:
        with psycopg2.connect(url, connect_timeout=5) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
            owner, may_make_roles = cursor.fetchone()
            if not may_make_roles:
                return url, url
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kaixu.roles'))")
            make_role(cursor, app, app_password, "NOSUPERUSER NOCREATEDB NOCREATEROLE")
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(owner)))
    finally:
        if "connection" in locals():
            connection.close()
    grant(url, owner, app)
    return with_role(url, app, app_password), url
