"""Each promise of accounts and notifications finds a deliberately broken row."""

from contextlib import closing

import psycopg2
import pytest

from accounts.models import Membership, Person
from foundation import audit
from foundation.audit import invariants
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db


def broken(key):
    return [finding.invariant.id for finding in invariants.check({key})]


def test_an_organization_without_its_owner_is_found():
    owner = cast.member("owner")
    assert broken("A1") == []
    Membership.objects.filter(pk=owner.pk).update(is_active=False)
    assert broken("A1") == ["A1"]


@pytest.mark.parametrize(
    ("kind", "role"), [("enterprise", "finance"), ("person", "owner"), ("administration", "bidder")]
)
def test_a_role_that_does_not_fit_is_found(kind, role):
    for fitting in ("owner", "person", "finance", "expert"):
        cast.member(fitting)
    assert broken("A2") == []
    cast.MembershipFactory(organization=cast.OrganizationFactory(kind=kind), role=role)
    assert broken("A2") == ["A2"]


def test_a_verification_that_waits_for_nobody_is_found():
    owner = cast.member("owner", organization=cast.OrganizationFactory(state="unverified"))
    assert broken("A3") == []
    audit.advance(owner.organization, "submit", actor=owner)
    assert broken("A3") == ["A3"]


def test_an_identity_document_of_a_company_is_found():
    assert broken("A4") == []
    Person.objects.create(organization=cast.OrganizationFactory(), document_kind="passport", document_digest="x")
    assert broken("A4") == ["A4"]


BROKEN = {
    "N1": (
        "DROP INDEX notifications_one_dispatch",
        """INSERT INTO accounts_user (password, is_superuser, email, name, language, theme, is_active, date_joined)
           VALUES ('', false, 'twice@example.org', '', 'en', 'auto', true, now())""",
        """INSERT INTO notifications_dispatch (kind, channel, user_id, event_id, address, subject, text, html, why,
             message_id, state, attempts, next_try_at, created_at, last_error)
           SELECT 'notice', 'email', u.id, 1, u.email, '', '', '', '', 'id' || n, 'sent', 1, now(), now(), ''
           FROM accounts_user u, generate_series(1, 2) n WHERE u.email = 'twice@example.org'""",
    ),
    "N2": (
        "ALTER TABLE notifications_searchhit DROP CONSTRAINT notifications_hit_once",
        """INSERT INTO accounts_user (password, is_superuser, email, name, language, theme, is_active, date_joined)
           VALUES ('', false, 'twice@example.org', '', 'en', 'auto', true, now())""",
        """INSERT INTO notifications_savedsearch (user_id, kind, query, name, frequency, key, begins_at, since,
             next_run_at, created_at, updated_at)
           SELECT id, 'k', '', '', 'daily', 'key', now(), now(), now(), now(), now() FROM accounts_user
           WHERE email = 'twice@example.org'""",
        """INSERT INTO notifications_searchhit (search_id, object_id, found_at)
           SELECT id, 1, now() FROM notifications_savedsearch, generate_series(1, 2) WHERE key = 'key'""",
    ),
}


@pytest.mark.parametrize("key", BROKEN)
def test_what_was_told_twice_is_found(key, owner_url):
    (promise,) = [found for found in invariants.everything() if found.id == key]
    with closing(psycopg2.connect(owner_url)) as connection, connection.cursor() as cursor:
        cursor.execute(promise.sql)
        assert cursor.fetchall() == []
        for statement in BROKEN[key]:
            cursor.execute(statement)
        cursor.execute(promise.sql)
        assert len(cursor.fetchall()) == 1
        connection.rollback()
