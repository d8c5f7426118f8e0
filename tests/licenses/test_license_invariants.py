"""I10 and I11: each promise about licenses and certificates finds the row that breaks it, put past every guard."""

from contextlib import closing

import psycopg2
import pytest

from foundation.audit import invariants
from licenses.models import License
from tests.factories import licenses as make
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db(transaction=True)
GUARDED = (
    "licenses_license", "licenses_declaration", "documents_certificate", "settlement_obligation", "audit_event",
)  # fmt: skip
CHECKS = ("licenses_effective_after_notice", "licenses_effective_only_when_paid")
LICENSES = "UPDATE licenses_license SET"
CERTIFICATE = "FROM documents_certificate"
BREAKING = {
    "no notice": ("I10", f"{LICENSES} notice_delivered_at = NULL"),
    "in effect before the notice": ("I10", f"{LICENSES} effective_at = notice_delivered_at - interval '1 ms'"),
    "notice before the publication": (
        "I10", "UPDATE licenses_declaration SET published_at = published_at + interval '1 day'"),
    "notice after the withdrawal": (
        "I10", "UPDATE licenses_declaration SET state = 'withdrawn', ended_at = published_at"),
    "fee not paid": ("I10", f"{LICENSES} paid_at = NULL"),
    "no obligation": ("I10", f"{LICENSES} obligation_id = NULL"),
    "obligation still open": ("I10", "UPDATE settlement_obligation SET state = 'open'"),
    "taken up while suspended": (
        "I10", "UPDATE audit_event SET name = 'licenses.declaration.suspend' "
        "WHERE name = 'licenses.declaration.published'"),
    "taken up after the announcement": (
        "I10", "UPDATE audit_event SET name = 'licenses.declaration.announce_withdrawal' "
        "WHERE name = 'licenses.declaration.published'"),
    "no certificate": ("I11", f"DELETE {CERTIFICATE}"),
    "certificate of no license": ("I11", "UPDATE documents_certificate SET subject_id = 999999"),
    "certificate before the effect": (
        "I11", f"{LICENSES} state = 'awaiting_payment', effective_at = NULL, paid_at = NULL"),
}  # fmt: skip


def past_the_guards(owner_url, statement):
    """Run it as the owner of the tables with triggers and checks off, look, and take it back."""
    with closing(psycopg2.connect(owner_url)) as link, link.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for name in CHECKS:
            cursor.execute(f"ALTER TABLE licenses_license DROP CONSTRAINT {name}")
        cursor.execute(statement)
        assert cursor.rowcount > 0
        found = set()
        for invariant in invariants.everything():
            if invariant.id in ("I10", "I11"):
                cursor.execute(invariant.sql)
                found |= {invariant.id} if cursor.fetchall() else set()
        link.rollback()
    return found


def test_every_broken_row_is_found(owner_url):
    license = paid_license(make.published_declaration())
    assert invariants.check({"I10", "I11"}) == []
    found = {case: past_the_guards(owner_url, statement) for case, (_id, statement) in BREAKING.items()}
    assert found == {case: {id} for case, (id, _statement) in BREAKING.items()}
    assert (License.objects.get().pk, invariants.check({"I10", "I11"})) == (license.pk, [])
