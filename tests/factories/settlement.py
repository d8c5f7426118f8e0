"""Obligations and what the bank says about them, made through the services.

`paid_obligation()` is paid by a message as the sandbox bank would send it. The owner of the purpose is told as always;
tests without a license take the fixture `owner_accepts` (tests/settlement/conftest.py).
"""

import itertools
from datetime import timedelta

from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money
from foundation.core.refs import Ref
from settlement import services
from settlement.gateways.base import BankEvent
from settlement.models import Obligation, Payment
from tests.factories.accounts import OrganizationFactory, UniversityFactory

serial = itertools.count(1)
FEE = Money(1_000_00)
TWO_PERSONS = {"made_by_id": 1, "approved_by_id": 2}  # who lays a rule of tax or fees down


def open_obligation(*, debtor=None, creditor=None, amount=FEE, due_in=timedelta(days=15), **fields) -> Obligation:
    """An unpaid license fee of 1,000.00 that an enterprise owes a university."""
    n = next(serial)
    given = {
        "purpose": "license.fee",
        "ref": Ref("licenses.license", 900_000 + n, f"LIC-{n}"),
        "debtor": debtor or OrganizationFactory(),
        "creditor": creditor or UniversityFactory(),
        "amount": amount,
        "due_at": database_now() + due_in,
        "key": f"test:{n}",
        "label": "石墨烯散热膜的制备方法",
        "actor": SYSTEM,
    }
    return services.open_obligation(**given | fields)


def started_payment(obligation=None, key=None) -> Payment:
    """An attempt to pay, before the bank was asked."""
    obligation = obligation or open_obligation()
    return services.begin_payment(obligation=obligation, actor=SYSTEM, key=key or f"key-{next(serial)}")


def bank_says(
    payment, kind="payment.succeeded", *, amount=None, transaction=None, event=None, at=None, order_id=None
) -> BankEvent:
    """A message of the bank about a payment, already verified."""
    n = next(serial)
    return BankEvent(
        event_id=event or f"evt-{n}",
        type=kind,
        order_id=order_id or payment.order_id,
        transaction_id="" if kind != "payment.succeeded" else transaction or f"T{n}",
        amount=amount or payment.amount,
        occurred_at=at or database_now(),
    )


def pay(payment, **facts) -> str:
    """Let the bank confirm a payment; the outcome."""
    return services.take_event(provider=payment.provider, event=bank_says(payment, **facts))


def paid_obligation(**fields) -> Obligation:
    """A license fee that arrived and is held in escrow."""
    obligation = open_obligation(**fields)
    assert pay(started_payment(obligation)) == "accepted"
    obligation.refresh_from_db()
    return obligation
