"""N1 and N2: the second mail about one event, and the second hit of one search, are found."""

from contextlib import closing

import psycopg2
import pytest

from foundation.audit import invariants
from notifications.models import Dispatch, SavedSearch, SearchHit
from tests.factories import accounts
from tests.factories.notifications import happened

COPY = "CREATE TEMP TABLE twin ON COMMIT DROP AS SELECT * FROM {0}; UPDATE twin SET id = id + 1000{1}; INSERT INTO {0} SELECT * FROM twin"  # noqa: E501


def found_after(owner_url, id, *statements):
    """Rows that the promise finds once the owner of the tables ran this; taken back after that."""
    with closing(psycopg2.connect(owner_url)) as link, link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        [invariant] = [one for one in invariants.everything() if one.id == id]
        cursor.execute(invariant.sql)
        rows = cursor.fetchall()
        link.rollback()
    return rows


@pytest.mark.django_db(transaction=True)
def test_a_second_mail_and_a_second_hit_are_found(owner_url):
    member = accounts.licensee()
    Dispatch.objects.create(
        kind=Dispatch.Kind.values[0], user=member.user, address="a@example.org", state="sent",
        event=happened(member.organization, member),
    )  # fmt: skip
    search = SavedSearch.objects.create(user=member.user, kind="tests.organization")
    SearchHit.objects.create(search=search, object_id=1)
    assert invariants.check({"N1", "N2"}) == []
    dispatch = COPY.format("notifications_dispatch", ", message_id = 'twin'")
    assert found_after(owner_url, "N1", "DROP INDEX notifications_one_dispatch", dispatch)
    unlock = "ALTER TABLE notifications_searchhit DROP CONSTRAINT notifications_hit_once"
    assert found_after(owner_url, "N2", unlock, COPY.format("notifications_searchhit", ""))
