"""Transfers out of the merchant's account. The end of the account number says what becomes of them (play money)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, machine_now
from foundation.core.errors import DomainError, Invalid
from sandboxbank.models import Movement
from sandboxbank.services import OrderDiffers, new_id, note_messages

REFUSED, FAILING = "4040", "5050"  # refused at once; taken, then failing
NO_ACCOUNT = "the payee's bank knows no such account"


class AccountUnknown(DomainError):
    """The bank sees at once that there is no such account."""

    code = "account_unknown"
    message = _("There is no such account.")


@transaction.atomic
def payout(
    *, payout_id: str, account: str, amount_fen: int, notify_url: str = "", holder: str = "", **facts: Any
) -> Movement:
    """Transfer money out, once per merchant's id. Raises Invalid, OrderDiffers, AccountUnknown.

    Account numbers that end in 4040 are refused, those that end in 5050 fail after they were taken.
    """
    if amount_fen <= 0:
        raise Invalid(field="amount_fen")
    if account.endswith(REFUSED):
        raise AccountUnknown()
    movement, made = Movement.objects.get_or_create(
        request_id=payout_id,
        defaults={
            "movement_id": new_id("P"),
            "kind": Movement.Kind.PAYOUT,
            "account": account,
            "amount_fen": amount_fen,
            "booked_at": database_now(),
            "failed": account.endswith(FAILING),
        },
    )
    if not made and (movement.amount_fen, movement.account) != (amount_fen, account):
        raise OrderDiffers()
    if made and notify_url:
        note_messages(notify_url, [payout_message(movement)], machine_now())
    return movement


def payout_message(movement: Movement) -> dict[str, Any]:
    """The body of a message about a payout."""
    return {
        "type": "payout.failed" if movement.failed else "payout.succeeded",
        "payout_id": movement.request_id,
        "transaction_id": movement.movement_id,
        "amount_fen": movement.amount_fen,
        "currency": movement.currency,
        "occurred_at": movement.booked_at.isoformat(),
        "problem": NO_ACCOUNT if movement.failed else "",
    }
