"""The rail without a bank's interface: the payer transfers by a reference, and statements tell what arrived."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core.clock import database_now, start_of_local_day
from settlement import transfercodes
from settlement.gateways.base import FAILED, BankEvent, BankRefused, Indefinite, SignatureWrong, StatementLine
from settlement.lifecycle import ObligationState
from settlement.models import Obligation, OwnAccount, Payment, TransferReference
from settlement.queries import bank

NO_ACCOUNT = _("no account to pay to is in use")
BY_FILE = _("transfers leave by a payout run")


def reference_of(obligation: Obligation) -> TransferReference:
    """The transfer reference of an obligation, given at the first call."""
    while True:
        found = TransferReference.objects.filter(obligation=obligation).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                return TransferReference.objects.create(
                    obligation=obligation, code=transfercodes.new_code(), created_at=database_now()
                )
        except IntegrityError:  # a twin was first, or the code is taken
            continue


class BankTransferGateway:
    """Answers the questions of `base.Gateway` from our own books: the bank is heard through its statements."""

    name = "bank_transfer"
    refunds_by_payout = True  # a refund is a transfer to the account the money came from, in a payout run

    def is_open(self) -> bool:
        """Whether there is an account to pay to."""
        return bank.receiving_account() is not None

    def create(self, *, order_id, amount, subject, payer, return_url, expires_at) -> str:
        """The address of the page with account and reference; the reference stays the obligation's own."""
        if not self.is_open():
            raise BankRefused(problem=NO_ACCOUNT)
        payment = Payment.objects.select_related("obligation").get(
            provider=self.name, order_id=order_id, duplicate_of=None
        )
        reference_of(payment.obligation)
        return f"{settings.KAIXU_PUBLIC_URL}{reverse('settlement:transfer', args=[order_id])}"

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> BankEvent:
        """Nobody sends messages for this rail."""
        raise SignatureWrong()

    def query(self, *, order_id: str) -> list[BankEvent] | None:
        """Nothing new, as statements tell it; the attempt has failed once its obligation waits no more."""
        payment = Payment.objects.filter(provider=self.name, order_id=order_id, duplicate_of=None).first()
        if payment is None:
            return None
        closed = payment.transaction_id is None and payment.obligation.state != ObligationState.OPEN
        return [BankEvent(event_id=f"closed:{order_id}", type=FAILED, order_id=order_id)] if closed else []

    def refund(self, *, refund_id, transaction_id, amount) -> None:
        """Not from here: stays requested until a payout run takes it."""
        raise Indefinite()

    def query_refund(self, *, refund_id) -> BankEvent | None:
        """Told by the statement."""
        return None

    def payout(self, *, payout_id, holder, account, bank_code, amount, text) -> None:
        """Not from here: leaves as a file for the bank."""
        raise BankRefused(problem=BY_FILE)

    def query_payout(self, *, payout_id) -> BankEvent | None:
        """Told by the statement."""
        return None

    def statement(self, *, day: date) -> list[StatementLine]:
        """The lines of a day that were imported."""
        account = bank.receiving_account()
        lines = account.lines.filter(booked_on=day, counts=True) if account else OwnAccount.objects.none()
        return [
            StatementLine(
                line.transaction_id or line.number,
                line.amount,
                line.booked_at or start_of_local_day(line.booked_on),
                line.end_to_end_id,
            )
            for line in lines
        ]
