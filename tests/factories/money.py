"""Money that arrived by bank transfer, deposits that are held: made through the services."""

import itertools

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.money import Money
from settlement import chart, ledger
from settlement.models import Hold, Obligation, Payment, Posting
from tests.factories.settlement import FEE, open_obligation, pay, started_payment

serial = itertools.count(1)


def transfer(amount: Money = FEE, *, paid_at=None) -> Payment:
    """A receipt on the supervised account that nobody has recognized yet."""
    n = next(serial)
    payment = Payment.objects.create(
        key=f"transfer:{n}",
        provider="bank_transfer",
        order_id=f"BT{n:08d}",
        transaction_id=f"BT{n:08d}",
        amount_fen=amount.fen,
        received_fen=amount.fen,
        currency=amount.currency,
        paid_at=paid_at or database_now(),
    )
    lines = [
        ledger.debit(chart.BANK, amount, ref=payment),
        ledger.credit(chart.UNIDENTIFIED, amount, ref=payment),
    ]
    key = f"payment:{payment.pk}:received"
    ledger.post(kind="receipt_unidentified", key=key, lines=lines, ref=payment, actor=SYSTEM)
    return audit.advance(payment, "clarify", actor=SYSTEM, data={"amount": amount, "owed": amount})


def royalty(amount: Money = FEE, **fields) -> Obligation:
    """A royalty that an enterprise owes: part payments are kept, it may be paid late."""
    return open_obligation(purpose="license.royalty", amount=amount, **fields)


def held_deposit(amount: Money = FEE, *, purpose="license.trial_deposit", **fields) -> Hold:
    """A deposit that was paid and is held."""
    deposit = open_obligation(purpose=purpose, amount=amount, **fields)
    assert pay(started_payment(deposit)) == "accepted"
    return deposit.hold


def booked(kind: str) -> list[tuple[str, int, int]]:
    """What the entries of a kind booked, line by line: (account, debit, credit), fen."""
    rows = Posting.objects.filter(entry__kind=kind).order_by("pk")
    return [(line.account_id, line.debit_fen, line.credit_fen) for line in rows]
