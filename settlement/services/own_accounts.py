"""Bank accounts of the platform: proposed by one person of finance, confirmed by another."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import rules
from settlement.banklifecycle import OwnAccountState
from settlement.models import OwnAccount

SHORTEST = 6


class AccountTaken(DomainError):
    """There is one already."""

    code = "account_taken"
    message = _("An account of this kind and currency is in use already. Close it first.")


@transaction.atomic
def propose_own_account(
    *, actor: Any, kind: str, holder: str, bank: str, account_number: str, opening_date: date,
    currency: str = "CNY", opening: Money | None = None,
) -> OwnAccount:  # fmt: skip
    """Name a bank account of the platform; it is used once a second person has confirmed it.

    ``opening`` is its balance before the first statement. Raises NotAllowed, Invalid.
    """
    if not rules.may_settle(actor):
        raise NotAllowed()
    number = "".join(clean_text(account_number, 64, identifier=True).split())
    if len(number) < SHORTEST:
        raise Invalid(_("Enter the whole account number."), field="account_number")
    account = OwnAccount.objects.create(
        kind=OwnAccount.Kind(kind),
        holder=clean_text(holder, 200),
        bank=clean_text(bank, 200),
        account_number=number,
        currency=currency,
        opening_fen=opening.fen if opening else 0,
        opening_date=opening_date,
        proposed_by_id=actor.user_id,
    )
    audit.record(
        "settlement.ownaccount.proposed", subject=account, actor=actor, visibility="private",
        data={"bank": account.bank, "kind": account.kind},
    )  # fmt: skip
    return account


@transaction.atomic
def confirm_own_account(*, account: OwnAccount, actor: Any) -> OwnAccount:
    """A second person confirms it: from now on payers are told to pay there. Raises NotAllowed (also for the person who
    proposed it), AccountTaken, NotPossibleNow."""
    account = lock_rows(account)
    try:
        with transaction.atomic():
            return audit.advance(
                account, "activate", actor=actor, visibility="private", set={"confirmed_by_id": actor.user_id},
                data={"bank": account.bank, "kind": account.kind},
            )  # fmt: skip
    except IntegrityError as error:
        raise AccountTaken() from error


@transaction.atomic
def close_own_account(*, account: OwnAccount, actor: Any) -> OwnAccount:
    """Use an account no more; its statements stay. Raises NotAllowed, NotPossibleNow."""
    account = lock_rows(account)
    return audit.advance(
        account, "close", actor=actor, visibility="private", data={"bank": account.bank, "kind": account.kind}
    )


def active_account(kind: str) -> OwnAccount | None:
    """The account in use of a kind, in yuan."""
    return OwnAccount.objects.filter(kind=kind, currency="CNY", state=OwnAccountState.ACTIVE).first()
