"""Licenses, taken through the services, with the bank's messages as the gateway gives them."""

import itertools

from foundation.core.clock import database_now
from foundation.core.money import Money
from licenses.models import License
from licenses.services import uptakes
from settlement import services as settlement
from settlement.gateways.base import SUCCEEDED, BankEvent
from tests.factories import accounts
from tests.factories.licenses import published_declaration

serial = itertools.count(1)


def notice(declaration=None, licensee=None, **changes) -> License:
    """A delivered notice: awaiting payment, or in effect where nothing is due."""
    declaration = declaration or published_declaration()
    answers = {
        "terms_hash": declaration.current_terms.content_hash,
        "intended_use": "用于储能电芯正极材料的包覆生产。",
        "place_of_use": "南京市江北新区",
        "contact_email": "license@example.org",
        **changes,
    }
    return uptakes.take_up(declaration=declaration, actor=licensee or accounts.licensee(), **answers)


def begin_payment(license: License, licensee=None):
    """An attempt to pay that waits for the bank."""
    payer = licensee or license.licensee.memberships.get(role="licensing_user")
    return settlement.begin_payment(obligation=license.obligation, actor=payer, key=f"t{next(serial)}")


def bank_says_paid(payment, *, amount: Money | None = None, event_id="", transaction_id="", at=None) -> str:
    """The bank's message that money arrived (booked ``at`` a moment, now by itself); what settlement made of it."""
    mark = next(serial)
    event = BankEvent(
        event_id=event_id or f"evt-license-{mark}",
        type=SUCCEEDED,
        order_id=payment.order_id,
        transaction_id=transaction_id or f"txn-{mark}",
        amount=amount or payment.amount,
        occurred_at=at or database_now(),
    )
    return settlement.take_event(provider=payment.provider, event=event)


def paid_license(declaration=None, licensee=None) -> License:
    """A license in effect."""
    license = notice(declaration, licensee)
    if license.fee_fen:
        bank_says_paid(begin_payment(license, licensee))
    license.refresh_from_db()
    return license
