"""The nightly proof: client money is complete, day by day, written down once and never changed."""

from datetime import date, timedelta

from django.db import connection

from foundation.core.clock import database_now, end_of_local_day, local_date
from settlement import chart
from settlement.models import NightlyProof

SETTLES = timedelta(hours=1)  # so that what was posted before midnight is committed
MOST_NIGHTS = 31
SUMS = """
SELECT
  coalesce(sum(p.debit_fen - p.credit_fen) FILTER (WHERE p.account_id = %(bank)s), 0)::bigint,
  coalesce(sum(p.credit_fen - p.debit_fen) FILTER (WHERE p.account_id = %(transit)s), 0)::bigint,
  coalesce(sum(p.credit_fen - p.debit_fen) FILTER (WHERE p.account_id = ANY(%(owed)s)), 0)::bigint,
  count(DISTINCT p.entry_id)
FROM settlement_posting p JOIN settlement_journalentry e ON e.id = p.entry_id
WHERE p.currency = %(currency)s AND e.posted_at < %(until)s
"""


def prove_night(*, day: date, currency: str = "CNY") -> NightlyProof:
    """The proof over everything posted up to the end of ``day`` in Shanghai; a repeat finds the one there is."""
    found = NightlyProof.objects.filter(day=day, currency=currency).first()
    if found is not None:
        return found
    facts = {"bank": chart.BANK, "transit": chart.IN_TRANSIT, "owed": list(chart.CLIENT_MONEY),
             "currency": currency, "until": end_of_local_day(day)}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SUMS, facts)
        bank, transit, owed, entries = cursor.fetchone()
    proof = NightlyProof(day=day, currency=currency, bank_fen=bank, in_transit_fen=transit, owed_fen=owed,
                         entries=entries, taken_at=database_now())  # fmt: skip
    NightlyProof.objects.bulk_create([proof], ignore_conflicts=True)
    return NightlyProof.objects.get(day=day, currency=currency)


def prove_nights() -> int:
    """Prove every night that is over and was not proved yet, a month back at most; how many."""
    last = local_date(database_now() - SETTLES) - timedelta(days=1)
    newest = NightlyProof.objects.order_by("-day").values_list("day", flat=True).first()
    first = last if newest is None else max(newest + timedelta(days=1), last - timedelta(days=MOST_NIGHTS - 1))
    nights = [first + timedelta(days=n) for n in range(max(0, (last - first).days + 1))]
    return len([prove_night(day=day) for day in nights])
