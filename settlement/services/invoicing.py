"""Invoices: asked for by the buyer, issued by the seller under the tax authority's code, sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import identifiers
from foundation import audit
from foundation.core import handlers, numbering
from foundation.core.clock import database_now, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed
from foundation.core.locking import lock_rows
from foundation.core.text import clean_text
from settlement import rules_income, tax
from settlement.lifecycle import ObligationState
from settlement.lifecycle_income import INVOICE, InvoiceState
from settlement.models import Component, Invoice, InvoiceLine, Obligation
from settlement.services.billed import sold_for

CODE = re.compile(r"[0-9]{20}")
LONGEST_TITLE, LONGEST_NUMBER = 200, 60
COMPONENTS = {
    "license.fee": Component.LICENSE_FEE,
    "license.instalment": Component.LICENSE_FEE,
    "license.royalty": Component.ROYALTY,
    "license.late_fee": Component.LATE_FEE,
    "auction.price": Component.AUCTION_PRICE,
}


class NothingToInvoice(DomainError):
    """Not paid, refunded, or not between one seller and one buyer."""

    code = "nothing_to_invoice"
    message = _("Only payments that arrived, of one payer to one payee, can stand on an invoice.")


class AlreadyInvoiced(DomainError):
    """An invoice of this obligation stands."""

    code = "already_invoiced"
    message = _("There is an invoice for payment {obligation} already: {invoice}.")


class OrdinaryOnly(DomainError):
    """What is exempt, and what a natural person buys, has an ordinary invoice."""

    code, field = "ordinary_only", "kind"
    message = _("Exempt amounts and natural persons get an ordinary invoice, not a special one.")


class CodeTaken(DomainError):
    """Another invoice has this code."""

    code, field = "code_taken", "code"
    message = _("Another invoice has this code already.")


@dataclass(frozen=True, slots=True)
class Item:
    """A line to be: the component, the obligation it belongs to, and the amount with VAT taken apart."""

    component: str
    obligation: Obligation
    label: str
    taxed: tax.Taxed


@transaction.atomic
def request_invoice(
    *,
    obligations: Sequence[Obligation],
    actor: Any,
    key: str,
    kind: str = Invoice.Kind.ORDINARY,
    title: str = "",
    uscc: str = "",
    registration_number: str = "",
) -> Invoice:
    """The buyer asks the seller for one invoice over paid obligations; once per ``key``.

    Title and taxpayer number are the buyer's own where left empty. With the number of the contract's registration the
    amounts are exempt and the invoice an ordinary one. Raises NotAllowed, NothingToInvoice, AlreadyInvoiced,
    OrdinaryOnly, Invalid (taxpayer number).
    """
    key = f"request:{actor.organization_id}:{key}"
    known = Invoice.objects.filter(key=key).first()
    if known is not None:
        if not rules_income.may_request(actor, known):
            raise NotAllowed()
        return known
    rows = _locked(obligations)
    first = rows[0]
    draft = Invoice(key=key, kind=kind, issuer=first.creditor, buyer=first.debtor, title=title, uscc=uscc,
                    registration_number=clean_text(registration_number, LONGEST_NUMBER, identifier=True))  # fmt: skip
    if not rules_income.may_request(actor, draft):
        raise NotAllowed()
    _refuse_twice(rows)
    now = database_now()
    registered = bool(draft.registration_number)
    items = [_item(one, registered=registered) for one in rows]
    return file_request(draft, items, actor=actor, now=now)


def file_request(draft: Invoice, items: Sequence[Item], *, actor: Any, now: Any) -> Invoice:
    """Complete and store a requested invoice with its lines. Raises OrdinaryOnly, Invalid."""
    buyer = draft.buyer
    draft.title = clean_text(draft.title, LONGEST_TITLE) or buyer.name
    draft.uscc = clean_text(draft.uscc, LONGEST_NUMBER, identifier=True).upper() or buyer.uscc or ""
    if draft.uscc and buyer.country == "CN":
        draft.uscc = _checked_uscc(draft.uscc)
    exempt = any(item.taxed.exempt_reason for item in items)
    if draft.kind == Invoice.Kind.SPECIAL and (exempt or buyer.is_person or not draft.uscc):
        raise OrdinaryOnly()
    draft.requested_by_id = getattr(actor, "user_id", None)
    draft.number = numbering.allocate("invoice", local_date(now).year)
    draft.save(force_insert=True)
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=draft,
            position=place,
            component=item.component,
            obligation=item.obligation,
            label=item.label[:500],
            net_fen=item.taxed.net.fen,
            vat_fen=item.taxed.vat.fen,
            rate_bp=item.taxed.rate_bp,
            exempt_reason=item.taxed.exempt_reason,
            currency=item.taxed.net.currency,
        )
        for place, item in enumerate(items, start=1)
    )
    audit.record(
        "settlement.invoice.requested",
        subject=draft,
        actor=actor,
        data={"amount": draft.gross, "kind": draft.kind, "red": draft.is_red},
        parties=draft.party_ids,
        after={"state": str(INVOICE.initial)},
        now=now,
    )
    return draft


@transaction.atomic
def issue(*, invoice: Invoice, actor: Any, code: str, issued_on: date) -> Invoice:
    """The seller has issued it at the tax authority: 20 digits and the day. A repeat of both changes nothing.

    Raises NotAllowed, NotPossibleNow, Invalid (no such code, a day to come), CodeTaken.
    """
    invoice = lock_rows(invoice)
    digits = re.sub(r"\s", "", clean_text(code, LONGEST_NUMBER, identifier=True))
    if not CODE.fullmatch(digits):
        raise Invalid(_("The code of an e-invoice has 20 digits."), field="code")
    if invoice.code == digits and invoice.state != InvoiceState.REQUESTED and rules_income.may_issue(actor, invoice):
        return invoice
    now = database_now()
    if issued_on > local_date(now):
        raise Invalid(_("This day has not come yet."), field="issued_on")
    try:
        with transaction.atomic():
            advance(invoice, "issue", actor, now, set={"code": digits, "issued_on": issued_on})
    except IntegrityError as error:
        raise CodeTaken() from error
    return invoice


@transaction.atomic
def send(*, invoice: Invoice, actor: Any) -> Invoice:
    """The seller has sent it to the buyer. Raises NotAllowed, NotPossibleNow."""
    now = database_now()
    return advance(lock_rows(invoice), "send", actor, now, set={"sent_at": now})


@transaction.atomic
def withdraw_request(*, invoice: Invoice, actor: Any) -> Invoice:
    """Not wanted any more, before it is issued. Raises NotAllowed, NotPossibleNow."""
    return advance(lock_rows(invoice), "withdraw", actor, database_now())


def advance(invoice: Invoice, move: str, actor: Any, now: Any, set: dict | None = None) -> Invoice:
    """Move an invoice and say so to both parties."""
    data = {"amount": invoice.gross, "kind": invoice.kind, "red": invoice.is_red}
    return audit.advance(invoice, move, actor=actor, data=data, parties=invoice.party_ids, now=now, set=set)


def _checked_uscc(text: str) -> str:
    """A unified social credit code with both check characters right. Raises UsccInvalid beside the field."""
    try:
        return identifiers.parse_uscc(text)
    except identifiers.UsccInvalid as error:
        error.field = "uscc"
        raise


def _locked(obligations: Sequence[Obligation]) -> list[Obligation]:
    """Locked, so that two requests at once make one invoice; paid, and of one seller and one buyer."""
    chosen = list({one.pk: one for one in obligations}.values())
    if not chosen:
        raise NothingToInvoice()
    found = lock_rows(*chosen)
    rows = [found] if len(chosen) == 1 else found
    sides = {(one.creditor_id, one.debtor_id, one.currency) for one in rows}
    if len(sides) > 1 or any(one.state != ObligationState.PAID or one.purpose not in COMPONENTS for one in rows):
        raise NothingToInvoice()
    return rows


def _refuse_twice(rows: Sequence[Obligation]) -> None:
    standing = InvoiceLine.objects.filter(obligation__in=rows, invoice__reverses=None).exclude(
        component=Component.SERVICE_FEE
    )
    line = (
        standing.exclude(invoice__state__in=[InvoiceState.WITHDRAWN, InvoiceState.RED_REVERSED])
        .select_related("invoice", "obligation")
        .first()
    )
    if line is not None:
        raise AlreadyInvoiced(obligation=line.obligation.number, invoice=line.invoice.number)


def _item(obligation: Obligation, *, registered: bool) -> Item:
    """The line of a paid obligation: what arrived less what went back, VAT inside by the rules of the day."""
    on = local_date(obligation.paid_at or database_now())
    key = f"invoice.component:{obligation.purpose}"
    component = handlers.call(key, obligation=obligation) if handlers.has(key) else COMPONENTS[obligation.purpose]
    amount = sold_for(obligation)
    if amount.fen <= 0:
        raise NothingToInvoice()
    return Item(component, obligation, obligation.label, tax.vat_of(amount, on, registered=registered))
