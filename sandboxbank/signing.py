"""The bank signs what it sends and checks what it gets: Standard Webhooks, HMAC-SHA256 over id, time and body."""

import base64
from collections.abc import Mapping

from django.conf import settings
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from foundation.core.clock import machine_now


def _signer() -> Webhook:
    return Webhook(base64.b64encode(settings.KAIXU_SANDBOX_BANK_SECRET.encode()).decode())


def headers(body: str, message_id: str) -> dict[str, str]:
    """Signed headers of a message that is sent now."""
    now = machine_now()
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": _signer().sign(message_id, now, body),
    }


def is_signed(given: Mapping[str, str], body: bytes) -> bool:
    """Whether a merchant's request is genuine and not older than five minutes."""
    try:
        _signer().verify(body, dict(given), json_parse=False)
    except (WebhookVerificationError, ValueError):
        return False
    return True
