"""Money of the demo's auctions: deposits and prices that arrive, deposits that go back, as the bank says it."""

from datetime import datetime, timedelta

from accounts.models import Membership
from auctions.models import Registration, Sale
from auctions.services import deposits
from foundation.core import clock
from local.demo import uptakes
from settlement import services as settlement
from settlement.gateways.base import REFUND_SUCCEEDED, BankEvent
from settlement.models import Refund

SANDBOX = "sandbox"
BOOKED_AFTER = timedelta(minutes=40)


def pay_deposit(registration: Registration, bidder: Membership) -> Registration:
    """The deposit arrives: the bidder is admitted with a paddle."""
    uptakes.bank_says_paid(registration.obligation, bidder, f"demo:deposit:{registration.pk}")
    registration.refresh_from_db()
    return registration


def pay_price(sale: Sale, buyer: Membership) -> Sale:
    """The balance arrives."""
    uptakes.bank_says_paid(sale.obligation, buyer, f"demo:{sale.number}")
    return Sale.objects.get(pk=sale.pk)


def give_back(registration: Registration, moment: datetime) -> None:
    """A bidder did not win: the deposit is released at once, and the bank sends it back."""
    with clock.at(moment):
        deposits.release_for(registration=registration)
    sent_back(registration.obligation_id, moment + BOOKED_AFTER)


def sent_back(obligation_id: int, moment: datetime) -> None:
    """The bank says that what is on its way back to the payer of an obligation has left."""
    for refund in Refund.objects.filter(payment__obligation_id=obligation_id, payment__provider=SANDBOX):
        event = BankEvent(
            f"demo-{refund.number}", REFUND_SUCCEEDED, refund_id=refund.number, amount=refund.amount,
            occurred_at=moment,
        )  # fmt: skip
        with clock.at(moment):
            settlement.take_event(provider=SANDBOX, event=event)
