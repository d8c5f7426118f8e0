"""The gateway to the sandbox bank: HTTP, signed both ways by the Standard Webhooks scheme."""

import base64
import json
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime

import urllib3
from django.conf import settings
from django.urls import reverse
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from foundation.core.clock import machine_now
from foundation.core.errors import Invalid
from foundation.core.money import LARGEST_FEN, Money
from foundation.core.text import clean_text
from settlement.gateways.base import (
    SUCCEEDED,
    TYPES,
    BankEvent,
    BankRefused,
    Indefinite,
    MessageInvalid,
    SignatureWrong,
    StatementLine,
)

TIMEOUT = urllib3.Timeout(connect=2, read=5)
ID = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
LONGEST_PROBLEM = 200
NOT_FOUND, REFUSALS = 404, range(400, 500)
pool = urllib3.PoolManager(timeout=TIMEOUT, retries=False, maxsize=4)


def signer() -> Webhook:
    """Signs and verifies with the secret both sides share."""
    return Webhook(base64.b64encode(settings.KAIXU_SANDBOX_BANK_SECRET.encode()).decode())


def signed_headers(body: str, message_id: str) -> dict[str, str]:
    """The headers of a signed message: id (never used twice), time, HMAC-SHA256."""
    now = machine_now()
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signer().sign(message_id, now, body),
    }


def _id(value) -> str:
    text = "" if value is None else value
    if not ID.fullmatch(text):
        raise ValueError("id")
    return text


def _moment(value) -> datetime | None:
    moment = datetime.fromisoformat(value) if value else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def _amount(data: Mapping) -> Money | None:
    fen = data.get("amount_fen")
    if fen is None:
        return None
    if data.get("currency", "CNY") != "CNY" or not 0 < fen <= LARGEST_FEN:
        raise ValueError("amount")
    return Money(fen)


def read_event(event_id: str, data: Mapping) -> BankEvent:
    """A message of the bank as our type. Raises MessageInvalid."""
    try:
        event = BankEvent(
            event_id=_id(event_id),
            type=data["type"],
            order_id=_id(data.get("order_id")),
            transaction_id=_id(data.get("transaction_id")),
            amount=_amount(data),
            occurred_at=_moment(data.get("occurred_at")),
            refund_id=_id(data.get("refund_id")),
            payout_id=_id(data.get("payout_id")),
            problem=clean_text(data.get("problem") or "", LONGEST_PROBLEM),
            body=dict(data),
        )
    except (KeyError, TypeError, ValueError, Invalid) as error:
        raise MessageInvalid(problem=str(error) or type(error).__name__) from error
    if event.type not in TYPES:
        raise MessageInvalid(problem="type")
    if event.type == SUCCEEDED and (event.amount is None or not event.transaction_id or not event.order_id):
        raise MessageInvalid(problem="amount_fen, transaction_id, order_id")
    return event


class SandboxGateway:
    """Speaks to the bank of play money at settings.KAIXU_SANDBOX_BANK_URL."""

    name = "sandbox"

    def create(self, *, order_id, amount, subject, payer, return_url, expires_at) -> str:
        callback = reverse("payment-callback", args=[self.name])
        answer = self._ask(
            "POST",
            "orders/",
            {
                "order_id": order_id,
                "amount_fen": amount.fen,
                "currency": amount.currency,
                "subject": subject[:200],
                "payer": payer[:200],
                "return_url": return_url,
                "notify_url": f"{settings.KAIXU_PUBLIC_URL}{callback}",
                "expires_at": expires_at.isoformat() if expires_at else None,
            },
        )
        return answer["pay_url"]

    def verify(self, *, headers, body) -> BankEvent:
        try:
            signer().verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:
            raise SignatureWrong() from error
        try:
            data = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise MessageInvalid(problem="JSON") from error
        if not isinstance(data, dict):
            raise MessageInvalid(problem="object")
        return read_event({k.lower(): v for k, v in headers.items()}["webhook-id"], data)

    def query(self, *, order_id) -> list[BankEvent] | None:
        answer = self._ask("GET", f"orders/{order_id}/", missing_is_none=True)
        if answer is None:
            return None
        return [read_event(f"query:{one['type']}:{one['transaction_id'] or order_id}", one) for one in answer["events"]]

    def refund(self, *, refund_id, transaction_id, amount) -> None:
        self._ask(
            "POST",
            "refunds/",
            {
                "refund_id": refund_id,
                "transaction_id": transaction_id,
                "amount_fen": amount.fen,
                "currency": amount.currency,
                "notify_url": f"{settings.KAIXU_PUBLIC_URL}{reverse('payment-callback', args=[self.name])}",
            },
        )

    def query_refund(self, *, refund_id) -> BankEvent | None:
        answer = self._ask("GET", f"refunds/{refund_id}/", missing_is_none=True)
        return None if answer is None else read_event(f"query:{answer['type']}:{refund_id}", answer)

    def payout(self, *, payout_id, holder, account, bank_code, amount, text) -> None:
        order = {
            "payout_id": payout_id,
            "holder": holder,
            "account": account,
            "bank_code": bank_code,
            "amount_fen": amount.fen,
            "text": text[:200],
            "notify_url": f"{settings.KAIXU_PUBLIC_URL}{reverse('payment-callback', args=[self.name])}",
        }
        self._ask("POST", "payouts/", order)

    def query_payout(self, *, payout_id) -> BankEvent | None:
        answer = self._ask("GET", f"payouts/{payout_id}/", missing_is_none=True)
        return None if answer is None else read_event(f"query:{answer['type']}:{payout_id}", answer)

    def statement(self, *, day: date) -> list[StatementLine]:
        lines = self._ask("GET", f"statement/?date={day.isoformat()}")["lines"]
        return [
            StatementLine(
                one["transaction_id"],
                Money(one["amount_fen"]),
                datetime.fromisoformat(one["booked_at"]),
                one["reference"],
            )
            for one in lines
        ]

    def _ask(self, method: str, path: str, data: dict | None = None, missing_is_none: bool = False):
        url = f"{settings.KAIXU_SANDBOX_BANK_URL}/sandbox-bank/api/{path}"
        body = "" if data is None else json.dumps(data)
        try:
            answer = pool.request(
                method, url, body=body or None, headers=signed_headers(body, f"msg_{uuid.uuid4().hex}")
            )
            status, read = answer.status, answer.data
            found = json.loads(read) if read else {}
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise Indefinite() from error
        if status == NOT_FOUND and missing_is_none:
            return None
        if status in REFUSALS:
            raise BankRefused(problem=str(found.get("problem", status))[:200])
        if status >= REFUSALS.stop:
            raise Indefinite()
        return found
