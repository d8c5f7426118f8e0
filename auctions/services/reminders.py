"""Reminders of a sale's next step: a day before a deadline, and again every few days for what nobody enforces."""

from datetime import date, datetime, timedelta

from django.db import transaction

from auctions.lifecycle_parties import SaleState
from auctions.models import Sale
from auctions.services.deadlines import AGAIN, due_of, next_look
from auctions.services.sales import locked
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, local_date


def last_day(due: datetime) -> date:
    """The last day (Shanghai) of a half-open deadline."""
    return local_date(due - timedelta(microseconds=1))


@transaction.atomic
def remind(*, sale: Sale) -> bool:
    """Tell whoever has to act, once a look; the next look is noted in the same transaction. Whether it told."""
    sale, now = locked(sale), database_now()
    if sale.next_check_at is None or now < sale.next_check_at:
        return False
    look = next_look(sale, now)
    Sale.objects.filter(pk=sale.pk).update(next_check_at=max(look, now + AGAIN) if look else None)
    if sale.state == SaleState.TRANSFERRED:
        return False
    ended = sale.state == SaleState.PUBLIC_NOTICE and sale.next_check_at == sale.notice_until_at
    audit.record(
        "auctions.sale.notice_ended" if ended else "auctions.sale.reminded",
        subject=sale,
        actor=CLOCK,
        data={"lot": sale.lot.number, "state": sale.state, "due": last_day(due_of(sale) or now)},
        parties=sale.party_ids,
        now=now,
    )
    return True
