"""What the pages of a sale show: the next step, the facts, the money, the papers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from auctions.lifecycle_parties import SaleState
from auctions.models import Ruling, Sale
from auctions.rules import is_officer, may_object
from auctions.services import claims
from auctions.services.confirmations import deposit_of
from auctions.services.contracts import notice_is_over, side_of
from auctions.services.deadlines import due_of
from auctions.services.rulings import VERBS
from foundation.core.display import day, last_moment
from foundation.core.money import in_capitals
from foundation.documents.presentation import file_rows

T = SaleState


def points(sale: Sale) -> list[dict[str, Any]]:
    """The course of a sale: each point with its moment or day, done or to do."""
    signed = [sale.buyer_signed_at, sale.seller_signed_at]
    rows = [
        (_("Confirmation signed"), sale.confirmed_at),
        (_("Balance paid"), sale.paid_at),
        (_("Contract signed by both"), max(signed) if all(signed) else None),
        (_("Filed with CNIPA"), sale.filed_on),
        (_("Registered"), sale.registered_on),
        (_("Money released, sale completed"), sale.state_since if sale.state == T.COMPLETED else None),
    ]
    return [{"title": title, "at": at, "done": at is not None, "is_day": not hasattr(at, "hour")} for title, at in rows]


def next_step(sale: Sale, now: Any) -> dict[str, Any]:
    """What is to be done now, by whom, until when."""
    waiting = sale.state == T.PUBLIC_NOTICE and not notice_is_over(sale, now)
    sentences = {
        T.PROVISIONAL: _("The buyer signs the confirmation of sale."),
        T.CONFIRMATION_SIGNED: _("The buyer pays the balance; the deposit counts toward the price."),
        T.BALANCE_PAID: _to_sign(sale),
        T.CONTRACT_SIGNED: _("The seller files the transfer with CNIPA and records it here."),
        T.PUBLIC_NOTICE: _("The public notice runs; after it the seller files the transfer.")
        if waiting
        else _("The seller files the transfer with CNIPA and records it here."),
        T.TRANSFER_FILED: _("An officer records the registration."),
        T.TRANSFERRED: _("The money is released to the seller as soon as the holding time is over."),
        T.FUNDS_RELEASED: _("The sale is being completed."),
        T.COMPLETED: _("The sale is completed."),
        T.BUYER_DEFAULT: _("The buyer did not act in time. Two officers decide about the deposit."),
        T.DEPOSIT_FORFEITED: _("The deposit was forfeited; the lot goes another way."),
        T.SELLER_DEFAULT: _("The buyer's money goes back."),
        T.ANNULLED: _("The buyer's money goes back."),
        T.REFUNDED: _("The sale does not stand; the buyer's money went back."),
        T.DECLINED: _("The underbidder did not take the offer."),
    }
    return {"text": sentences[SaleState(sale.state)], "due": sale.notice_until_at if waiting else due_of(sale)}


def _to_sign(sale: Sale) -> str:
    """Who has not signed the contract yet."""
    if sale.buyer_signed_at:
        return _("The buyer signed; the seller signs the contract.")
    if sale.seller_signed_at:
        return _("The seller signed; the buyer signs the contract.")
    return _("Buyer and seller sign the contract.")


def actions(sale: Sale, membership: Any, now: Any) -> list[dict[str, Any]]:
    """What this member can do now; the first one is the step to take."""
    found, side, args = [], side_of(sale, membership), [sale.number]

    def add(label: str, route: str, tone: str = "", more: list | None = None) -> None:
        found.append({"label": label, "url": reverse(f"auctions:{route}", args=[*args, *(more or [])]), "tone": tone})

    if side == "buyer" and sale.state == T.PROVISIONAL:
        add(_("Read and sign the confirmation"), "sale_confirm", "primary")
        if sale.way == Sale.Way.UNDERBIDDER:
            add(_("Decline the offer"), "sale_decline")
    if side == "buyer" and sale.state == T.CONFIRMATION_SIGNED and account_rules.can(membership, "pay"):
        url = reverse("settlement:obligation_detail", args=[sale.obligation.number])
        found.append({"label": _("Pay the balance"), "url": url, "tone": "primary"})
    if side and sale.state == T.BALANCE_PAID and getattr(sale, f"{side}_signed_at") is None:
        add(_("Read and sign the contract"), "sale_contract", "primary")
    if side == "seller" and sale.permits("file") and notice_is_over(sale, now):
        add(_("Record the filing"), "sale_file", "primary")
    if claims.may_claim(sale, membership):
        add(_("Claim damages"), "sale_claim", "primary")
    if (claim := claims.of_sale(sale)) is not None and claims.may_answer(claim, membership):
        add(_("Answer the claim"), "claim_answer", "primary")
    if is_officer(membership):
        _add_rulings(sale, add)
    elif sale.permits("object") and may_object(membership):
        add(_("Object to the sale"), "sale_object")
    return found


def _add_rulings(sale: Sale, add: Any) -> None:
    if sale.permits("register"):
        add(_("Record the registration"), "sale_register", "primary")
    if sale.rulings.filter(decided_at=None).exists():
        return
    labels = {
        Ruling.Act.FORFEIT: _("Forfeit the deposit"),
        Ruling.Act.SELLER_DEFAULT: _("Find the seller in default"),
        Ruling.Act.ANNUL: _("Annul the sale"),
    }
    for act, label in labels.items():
        if sale.permits(VERBS[act]):
            add(label, "sale_ruling", "danger", [str(act)])


def facts(sale: Sale) -> list[dict[str, Any]]:
    """Who, what, how."""
    lot = sale.lot
    rows = [
        {"label": _("Lot"), "value": lot.title, "note": f"{lot.number} · {lot.get_subject_display()}",
         "url": lot.get_absolute_url()},
        {"label": _("Seller of the lot"), "value": sale.seller.display_name},
        {"label": _("Buyer of the lot"), "value": sale.buyer.display_name},
        {"label": _("Way"), "value": sale.get_way_display()},
    ]  # fmt: skip
    if sale.filed_on:
        rows.append({"label": _("Filed with CNIPA"), "value": day(sale.filed_on), "note": sale.filing_number})
    if sale.registered_on:
        rows.append({"label": _("Registered"), "value": day(sale.registered_on), "note": sale.registration_number})
    if sale.ended_reason:
        rows.append({"label": _("Reason"), "value": sale.ended_reason})
    return rows


def money(sale: Sale, membership: Any) -> list[dict[str, Any]]:
    """The sums; they lead to the payment for those who may see money."""
    rows = [
        {"label": _("Sale price"), "value": str(sale.price), "number": True, "note": in_capitals(sale.price)},
        {"label": _("Buyer's commission, VAT included"), "value": str(sale.commission), "number": True},
        {"label": _("Total"), "value": str(sale.total), "number": True},
    ]
    obligation = sale.obligation
    sees = account_rules.can(membership, "see_money") or account_rules.can(membership, "settle")
    if obligation is None and sees and (deposit := deposit_of(sale)) is not None:
        rows.append({"label": _("Deposit, counts toward the price"), "value": str(deposit.left), "number": True})
    if obligation is not None and sees:
        url = reverse("settlement:obligation_detail", args=[obligation.number])
        rows.append({"label": _("Paid so far"), "value": str(obligation.allocated), "number": True})
        rows.append({"label": _("Left to pay"), "value": str(obligation.left), "number": True})
        rows.append({"label": _("Payment"), "value": obligation.number, "number": True, "url": url})
    return rows


def sums(sale: Sale, deposit: Any = None) -> list[dict[str, Any]]:
    """Price, commission, deposit and what is left, for what is signed."""
    rows = money(sale, None)
    if deposit is not None:
        rows.append({"label": _("Deposit, counts toward the price"), "value": str(deposit.left), "number": True})
        rows.append({"label": _("Balance to pay"), "value": str(sale.total - deposit.left), "number": True})
    return rows


def claim_rows(claim: Any) -> list[dict[str, Any]]:
    """A claim for damages and its answer."""
    rows = [
        {"label": _("Kind"), "value": claim.get_kind_display()},
        {"label": _("Amount claimed"), "value": str(claim.amount), "number": True, "note": claim.reason},
    ]
    if claim.answered_at:
        rows.append({"label": _("Amount agreed"), "value": str(claim.agreed), "number": True, "note": claim.answer})
    else:
        rows.append({"label": _("Answer until"), "value": last_moment(claim.answer_by_at)})
    if claim.obligation_id:
        url = reverse("settlement:obligation_detail", args=[claim.obligation.number])
        rows.append({"label": _("Payment"), "value": claim.obligation.number, "number": True, "url": url})
    return rows


def papers(documents: Any) -> list[dict[str, Any]]:
    """The PDFs as rows of the file list."""
    labels = {
        "auction.confirmation": _("Confirmation of sale (PDF, Chinese and English)"),
        "auction.contract": _("Contract (PDF, Chinese and English)"),
    }
    return file_rows(documents, labels)
