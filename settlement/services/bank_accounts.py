"""Accounts to be paid to: proposed by the organization, confirmed by a second person, never used before."""

import re
import unicodedata
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, InvalidMany, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from settlement import rules_payouts as rules
from settlement.lifecycle_payouts import AccountState
from settlement.models import Payment, PayoutAccount, SenderAccount
from settlement.services import second_person

REVIEW = "settlement.account"
NUMBER = re.compile(r"[0-9]{8,30}")
BANK_CODE = re.compile(r"[0-9]{12}")


class AccountWaiting(DomainError):
    """Another proposal is with the second person."""

    code = "account_waiting"
    message = _("An account is waiting for its confirmation already. Take it back first.")


class HolderDiffers(DomainError):
    """Money goes only to accounts in the organization's own name."""

    code, status, field = "holder_differs", 400, "holder"
    message = _("The account must be held by {name}.")


@transaction.atomic
def propose_account(
    *, organization: Any, actor: Any, holder: str, number: str, bank_name: str, bank_code: str
) -> PayoutAccount:
    """Name the account an organization wants its money on; it is used once a second person has confirmed it.

    Account numbers are 8 to 30 digits, spaces left out; ``bank_code`` is the 12-digit CNAPS code. Raises NotAllowed,
    HolderDiffers, InvalidMany, AccountWaiting.
    """
    if not rules.may_keep_account(actor, organization):
        raise NotAllowed()
    holder, digits = clean_text(holder, 200), re.sub(r"\s", "", unicodedata.normalize("NFKC", number))
    code, bank_name = re.sub(r"\s", "", unicodedata.normalize("NFKC", bank_code)), clean_text(bank_name, 200)
    _check(digits, code, bank_name)
    if _plain(holder) not in {_plain(organization.name), _plain(organization.name_en)} - {""}:
        raise HolderDiffers(name=organization.name)
    if PayoutAccount.objects.filter(organization=organization, state=AccountState.PROPOSED).exists():
        raise AccountWaiting()
    row = PayoutAccount(
        organization=organization, holder=holder, bank_name=bank_name, bank_code=code, proposed_by_id=actor.user_id
    )
    row.set_number(digits)
    row.save()
    audit.record(
        "settlement.payoutaccount.proposed",
        subject=row,
        actor=actor,
        data={"account": row.number_masked, "bank": row.bank_code},
        parties=[organization],
    )
    second_person.ask(kind=REVIEW, subject=row, title=f"{organization.name} · {row.number_masked}", actor=actor,
                      organization=organization)  # fmt: skip
    return row


def _plain(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name or "")).casefold()


def _check(digits: str, code: str, bank_name: str) -> None:
    problems = {}
    if not NUMBER.fullmatch(digits):
        problems["number"] = _("Enter an account number of 8 to 30 digits.")
    if not BANK_CODE.fullmatch(code):
        problems["bank_code"] = _("Enter the 12 digits of the bank's CNAPS code.")
    if not bank_name:
        problems["bank_name"] = _("Name the bank and its branch.")
    if problems:
        raise InvalidMany(problems)


@transaction.atomic
def decide_account(*, review: Any, decision: Any, actor: Any) -> None:
    """A second person decided (handler of approvals): confirmed, and the former account is used no more; or refused.

    A return for correction refuses too: a corrected account is a new one.
    """
    row = lock_rows(PayoutAccount.objects.get(pk=review.subject_id))
    if row.state != AccountState.PROPOSED:
        return
    second_person.require_another(actor, row.proposed_by_id)
    fields = {"decided_by_id": actor.user_id, "decided_at": database_now()}
    parties, facts = [row.organization_id], {"account": row.number_masked}
    if decision.outcome != "approve":
        audit.advance(row, "refuse", actor=SYSTEM, reason=decision.text, parties=parties, data=facts, set=fields)
        return
    former = PayoutAccount.objects.filter(organization_id=row.organization_id, state=AccountState.VERIFIED).first()
    if former is not None:
        audit.advance(lock_rows(former), "retire", actor=SYSTEM, parties=parties,
                      data={"account": former.number_masked})  # fmt: skip
    audit.advance(row, "verify", actor=SYSTEM, parties=parties, data=facts, set=fields)


@transaction.atomic
def withdraw_account(*, account: PayoutAccount, actor: Any) -> PayoutAccount:
    """Take a proposal back, or stop using a confirmed account. Raises NotAllowed, NotPossibleNow."""
    account = lock_rows(account)
    move = "retire" if account.state == AccountState.VERIFIED else "withdraw"
    return audit.advance(account, move, actor=actor, parties=[account.organization_id],
                         data={"account": account.number_masked})  # fmt: skip


def account_of(organization_id: int) -> PayoutAccount | None:
    """The confirmed account of an organization, or None."""
    return PayoutAccount.objects.filter(organization_id=organization_id, state=AccountState.VERIFIED).first()


@transaction.atomic
def note_sender(
    *, payment: Payment, holder: str, number: str, bank_code: str = "", bank_name: str = ""
) -> SenderAccount:
    """Keep where a receipt came from, as the bank statement says it; its refund goes back there. A repeat keeps the
    first."""
    found = SenderAccount.objects.filter(payment=payment).first()
    if found is None:
        found = SenderAccount(payment=payment, holder=holder[:200], bank_name=bank_name[:200], bank_code=bank_code[:12])
        found.set_number(re.sub(r"\s", "", number))
        found.save()
    return found
