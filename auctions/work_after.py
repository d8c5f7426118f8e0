"""What waits for somebody after the hammer, and what a second person is shown."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from auctions.lifecycle import LotState
from auctions.lifecycle_parties import SaleState
from auctions.models import Ruling, Sale
from auctions.queries import after
from auctions.rules import is_officer
from auctions.services.contracts import notice_is_over
from auctions.services.deadlines import due_of
from foundation.core.clock import database_now
from foundation.core.work import WorkItem

MOST = 50
T = SaleState


def items_for(membership: Any) -> list[WorkItem]:
    """Steps of own sales, unsold lots to decide about, and what officers have to do."""
    return [*_as_buyer(membership), *_as_seller(membership), *_as_officer(membership)]


def _item(sale: Sale, kind: str, action: str, *, url: str = "", detail: str = "", due: bool = True) -> WorkItem:
    return WorkItem(
        kind=kind,
        title=sale.lot.title,
        detail=detail or f"{sale.number} · {sale.lot.number}",
        url=url or reverse("auctions:sale_detail", args=[sale.number]),
        due_at=due_of(sale) if due else None,
        action=action,
    )


def _as_buyer(membership: Any) -> list[WorkItem]:
    if not account_rules.can(membership, "bid"):
        return []
    own = after.visible_to(membership).filter(buyer=membership.organization_id)
    items = [
        _item(sale, _("Sale to confirm"), _("Confirm"))
        for sale in own.filter(state=T.PROVISIONAL).order_by("confirm_by_at")[:MOST]
    ]
    for sale in own.filter(state=T.CONFIRMATION_SIGNED).order_by("pay_by_at")[:MOST]:
        url = reverse("settlement:obligation_detail", args=[sale.obligation.number])
        items.append(
            _item(sale, _("Balance to pay"), _("Pay"), url=url, detail=f"{sale.number}: {sale.obligation.left}")
        )
    unsigned = own.filter(state=T.BALANCE_PAID, buyer_signed_at=None)
    return [*items, *[_item(sale, _("Contract to sign"), _("Sign the contract")) for sale in unsigned[:MOST]]]


def _as_seller(membership: Any) -> list[WorkItem]:
    if not account_rules.can(membership, "declare"):
        return []
    own = after.visible_to(membership).filter(seller=membership.organization_id)
    items = [
        _item(sale, _("Contract to sign"), _("Sign the contract"))
        for sale in own.filter(state=T.BALANCE_PAID, seller_signed_at=None)[:MOST]
    ]
    now = database_now()
    to_file = own.filter(state__in=[T.CONTRACT_SIGNED, T.PUBLIC_NOTICE])
    items += [
        _item(sale, _("Transfer to file"), _("Record the filing"))
        for sale in to_file[:MOST]
        if notice_is_over(sale, now)
    ]
    open_lots = after.unsold_of(membership).filter(state__in=[LotState.UNSOLD, LotState.AFTER_SALE_TALKS])
    return items + [_unsold(lot) for lot in open_lots[:MOST]]


def _unsold(lot: Any) -> WorkItem:
    talks = lot.state == LotState.AFTER_SALE_TALKS
    return WorkItem(
        kind=_("Talks about the lot") if talks else _("Lot not sold"),
        title=lot.title,
        detail=lot.number,
        url=reverse("auctions:lot_talks" if talks else "auctions:lot_after", args=[lot.number]),
        due_at=lot.next_check_at,
        action=_("Look at the offers") if talks else _("Choose how to go on"),
    )


def _as_officer(membership: Any) -> list[WorkItem]:
    if not is_officer(membership):
        return []
    found = after.visible_to(membership)
    rows = [
        *[(sale, _("Buyer in default"), _("Decide")) for sale in after.in_default(membership)[:MOST]],
        *[
            (sale, _("Objection to a sale"), _("Answer"))
            for sale in found.filter(objections__decided_at__isnull=True, objections__isnull=False).distinct()[:MOST]
        ],
        *[
            (sale, _("Transfer to record"), _("Record the registration"))
            for sale in found.filter(state=T.TRANSFER_FILED).order_by("filed_on")[:MOST]
        ],
    ]
    return [_item(sale, kind, action) for sale, kind, action in rows]


def ruling_facts(*, review: Any) -> dict[str, Any]:
    """What the second person sees."""
    ruling = Ruling.objects.select_related("sale__lot", "sale__buyer", "sale__seller").get(pk=review.subject_id)
    sale = ruling.sale
    rows = [
        (_("Decision"), ruling.get_act_display(), "act", None),
        (_("Sale"), f"{sale.number} · {sale.lot.number}", "sale", None),
        (_("Lot"), sale.lot.title, "lot", None),
        (_("Buyer of the lot"), sale.buyer.display_name, "buyer", None),
        (_("Seller of the lot"), sale.seller.display_name, "seller", None),
        (_("Price"), str(sale.price), "price", None),
        (_("Reason"), ruling.reason, "reason", None),
    ]
    if ruling.act == Ruling.Act.FORFEIT:
        rows.append((_("What becomes of the lot"), ruling.get_then_display(), "then", None))
    return {
        "sections": rows,
        "checks": [],
        "blocking": False,
        "url": reverse("auctions:sale_detail", args=[sale.number]),
        "subject": sale,
    }
