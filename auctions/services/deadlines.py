"""Until when the next step of a sale has to be done, and when the clock looks at it next."""

from datetime import datetime, timedelta

from auctions.lifecycle_parties import ENFORCED_STATES, SaleState
from auctions.models import Sale
from foundation.core.clock import end_of_local_day, local_date
from foundation.core.workdays import deadline_in_workdays

REMIND_BEFORE = timedelta(hours=24)
AGAIN = timedelta(hours=1)  # money that could not be released yet
SIGN_WORKDAYS, FILE_DAYS, REGISTER_DAYS, REMIND_WORKDAYS = 5, 30, 60, 5
T = SaleState


def due_of(sale: Sale) -> datetime | None:
    """The end of the time for the next step (half-open, UTC); only the first two are enforced, the others remind.

    To confirm and to pay by the season's working days; to sign the contract 5 working days after payment; to file
    30 days after both signatures, or after the public notice; registration is looked after 60 days after filing.
    """
    if sale.state == T.PROVISIONAL:
        return sale.confirm_by_at
    if sale.state == T.CONFIRMATION_SIGNED:
        return sale.pay_by_at
    if sale.state == T.BALANCE_PAID:
        return deadline_in_workdays(sale.paid_at, SIGN_WORKDAYS)
    if sale.state in (T.CONTRACT_SIGNED, T.PUBLIC_NOTICE):
        begins = sale.notice_until_at or max(sale.buyer_signed_at, sale.seller_signed_at)
        return end_of_local_day(local_date(begins) + timedelta(days=FILE_DAYS))
    if sale.state == T.TRANSFER_FILED:
        return end_of_local_day(sale.filed_on + timedelta(days=REGISTER_DAYS))
    return None


def next_look(sale: Sale, now: datetime) -> datetime | None:
    """When the clock looks at a sale again: a day before a deadline, at the deadline, at the end of a notice."""
    if sale.state == T.TRANSFERRED:
        return now + AGAIN
    if sale.state == T.PUBLIC_NOTICE and now < sale.notice_until_at:
        return sale.notice_until_at
    due = due_of(sale)
    if due is None:
        return None
    if now < due - REMIND_BEFORE:
        return due - REMIND_BEFORE
    if now < due:
        return due
    return now if sale.state in ENFORCED_STATES else deadline_in_workdays(now, REMIND_WORKDAYS)
