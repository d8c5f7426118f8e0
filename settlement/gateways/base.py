"""What settlement asks of any bank. Real rails and the sandbox implement the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from foundation.core.errors import DomainError
from foundation.core.money import Money

PROCESSING, SUCCEEDED, FAILED = "payment.processing", "payment.succeeded", "payment.failed"
REFUND_SUCCEEDED, REFUND_FAILED = "refund.succeeded", "refund.failed"
PAYOUT_SUCCEEDED, PAYOUT_FAILED, PAYOUT_RETURNED = "payout.succeeded", "payout.failed", "payout.returned"
PAYOUTS = (PAYOUT_SUCCEEDED, PAYOUT_FAILED, PAYOUT_RETURNED)
TYPES = (PROCESSING, SUCCEEDED, FAILED, REFUND_SUCCEEDED, REFUND_FAILED, *PAYOUTS)


class SignatureWrong(DomainError):
    """A message that does not come from the bank, or is too old."""

    code, status = "signature_wrong", 401
    message = _("The signature of this message is wrong or too old.")


class MessageInvalid(DomainError):
    """A message that is signed but cannot be read."""

    code, status = "message_invalid", 400
    message = _("This message cannot be read: {problem}.")


class Indefinite(DomainError):
    """The bank did not answer in time: what was asked may have happened or not. Ask by our id before trying again."""

    code, status = "bank_away", 503
    message = _("The bank does not answer at the moment. Nothing was charged; please try again in a minute.")


class BankRefused(DomainError):
    """The bank answered no; nothing happened there."""

    code, status = "bank_refused", 409
    message = _("The bank refused: {problem}.")


@dataclass(frozen=True, slots=True)
class BankEvent:
    """A verified message. ``order_id``, ``refund_id`` and ``payout_id`` are our own ids, ``transaction_id`` is the
    bank's; ``occurred_at`` is when it booked."""

    event_id: str
    type: str
    order_id: str = ""
    transaction_id: str = ""
    amount: Money | None = None
    occurred_at: datetime | None = None
    refund_id: str = ""
    payout_id: str = ""
    problem: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One booked movement of the supervised account; money out is negative."""

    transaction_id: str
    amount: Money
    booked_at: datetime
    reference: str


class Gateway(Protocol):
    """Every call is idempotent by our id. Raises Indefinite (ask by `query` before a retry) or BankRefused."""

    name: str

    def create(self, *, order_id: str, amount: Money, subject: str, payer: str, return_url: str,
               expires_at: datetime | None) -> str:  # fmt: skip
        """Order a collection; the address of the bank's page."""

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> BankEvent:
        """Read a message of the bank. Raises SignatureWrong, MessageInvalid."""

    def query(self, *, order_id: str) -> list[BankEvent] | None:
        """What happened to an order; None where the bank does not know it."""

    def refund(self, *, refund_id: str, transaction_id: str, amount: Money) -> None:
        """Order the return of (a part of) a receipt."""

    def query_refund(self, *, refund_id: str) -> BankEvent | None:
        """What happened to a refund; None where the bank does not know it."""

    def payout(self, *, payout_id: str, holder: str, account: str, bank_code: str, amount: Money, text: str) -> None:
        """Order a transfer out of the supervised account, to an account number at a bank (CNAPS code)."""

    def query_payout(self, *, payout_id: str) -> BankEvent | None:
        """What happened to a payout; None where the bank does not know it."""

    def statement(self, *, day: date) -> list[StatementLine]:
        """The booked movements of a day in Shanghai."""
