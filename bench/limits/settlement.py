"""The limit of P5: the same rows and commits by psycopg2 alone, no Django in between."""

import psycopg2

ENTRY = """
INSERT INTO settlement_journalentry (kind, key, ref_kind, ref_id, ref_number, posted_at, value_date, reason,
  actor_user_id, actor_organization_id, actor_role, xact)
VALUES ('license_fee_received', %s, 'licenses.license', %s, 'LIC', now(), now(), '', NULL, NULL, 'system',
  0) RETURNING id
"""
POSTING = """
INSERT INTO settlement_posting (entry_id, account_id, debit_fen, credit_fen, currency, party_id, ref_kind, ref_id,
  ref_number)
VALUES (%s, '1001', 10000, 0, 'CNY', NULL, '', NULL, ''),
  (%s, '2002', 0, 10000, 'CNY', %s, 'licenses.license', %s, 'LIC')
"""


def connect(settings: dict):
    """A connection of its own to the database of these Django settings."""
    return psycopg2.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"],
    )


def post(connection, key: str, ref_id: int, party_id: int) -> None:
    """One entry with two lines, committed."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRY, [key, ref_id])
        entry = cursor.fetchone()[0]
        cursor.execute(POSTING, [entry, entry, party_id, ref_id])
    connection.commit()
