"""After-sale talks about an unsold lot (agreed deal): offers of interested parties, of which the seller takes one."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from auctions.models import Bar, Lot, Offer, Sale
from auctions.rules import is_staff
from auctions.services.outcomes import unsold_until
from auctions.services.sales import move_lot, open_sale
from foundation import audit
from foundation.core.actors import CLOCK
from foundation.core.clock import database_now, end_of_local_day, local_date
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text

LONGEST_TALKS = 90  # days
LONGEST_MESSAGE = 1000


class NotForYou(DomainError):
    """Seller's group, administration, or barred after a default on this lot."""

    code, status = "not_for_you", 403
    message = _("Your organization cannot make an offer for this lot.")


class OfferAnswered(DomainError):
    """It was accepted or declined already."""

    code = "offer_answered"
    message = _("This offer was answered already.")


@transaction.atomic
def open_talks(*, lot: Lot, until: date, actor: Any) -> Lot:
    """The seller invites offers until a day (Shanghai), 90 days ahead at most. Raises Invalid, NotAllowed,
    NotPossibleNow."""
    lot, now = lock_rows(lot), database_now()
    today = local_date(now)
    if lot.permits("choose") and not today < until <= today + timedelta(days=LONGEST_TALKS):
        raise Invalid(_("Choose a day within the next 90 days."), field="until")
    return move_lot(lot, "talk", actor=actor, now=now, talks_until=until, next_check_at=end_of_local_day(until))


@transaction.atomic
def make_offer(*, lot: Lot, amount: Money, actor: Any, message: str = "") -> Offer:
    """A verified party names a price. A newer offer replaces its earlier one. Seen by the seller alone.

    Raises NotForYou, NotAllowed, Invalid, NotPossibleNow.
    """
    lot, now = lock_rows(lot), database_now()
    if not lot.permits("offer"):
        raise NotPossibleNow(lifecycle="lot", state=lot.state, move="offer", label=lot.state_label)
    if not account_rules.can(actor, "bid"):
        raise NotAllowed()
    party = actor.organization
    barred = Bar.objects.filter(organization=party, lot=lot).exists()
    if is_staff(actor) or not party.is_verified or account_rules.same_group(party, lot.seller) or barred:
        raise NotForYou()
    if amount.fen <= 0:
        raise Invalid(_("Enter an amount above zero."), field="amount")
    lot.offers.filter(organization=party, answered_at=None).update(answered_at=now, accepted=False)
    made = Offer.objects.create(
        lot=lot,
        organization=party,
        made_by_id=actor.user_id,
        amount_fen=amount.fen,
        message=clean_text(message, LONGEST_MESSAGE, multiline=True),
        made_at=now,
    )
    facts = {"lot": lot.number, "amount": amount}
    audit.record(
        "auctions.offer.made", subject=made, actor=actor, data=facts, parties=[party.pk, lot.seller_id], now=now
    )
    return made


@transaction.atomic
def accept(*, offer: Offer, actor: Any) -> Sale:
    """The seller takes an offer: a sale by agreement begins, without deposit; the other offers are declined.

    Raises NotAllowed, NotPossibleNow, OfferAnswered.
    """
    lot, now = lock_rows(offer.lot), database_now()
    offer = Offer.objects.select_related("organization").get(pk=offer.pk)
    if lot.permits("offer") and offer.answered_at is not None:
        raise OfferAnswered()
    lot = move_lot(lot, "agree", actor=actor, now=now, next_check_at=None)
    Offer.objects.filter(pk=offer.pk).update(answered_at=now, accepted=True)
    _decline_rest(lot, now)
    return open_sale(lot=lot, buyer=offer.organization, price=offer.amount, way=Sale.Way.AGREEMENT, now=now)


@transaction.atomic
def end_talks(*, lot: Lot, actor: Any) -> Lot:
    """The seller ends the talks: the lot is unsold as before. Raises NotAllowed, NotPossibleNow."""
    return _end(lock_rows(lot), actor)


@transaction.atomic
def end_due(*, lot: Lot) -> Lot:
    """The clock: the last day of the talks is over. Before that, nothing changes."""
    lot = lock_rows(lot)
    if not lot.permits("offer") or lot.next_check_at is None or database_now() < lot.next_check_at:
        return lot
    return _end(lot, CLOCK)


def _end(lot: Lot, actor: Any) -> Lot:
    now = database_now()
    lot = move_lot(lot, "end_talks", actor=actor, now=now, next_check_at=unsold_until(now))
    _decline_rest(lot, now)
    return lot


def _decline_rest(lot: Lot, now: Any) -> None:
    for offer in lot.offers.filter(answered_at=None):
        offer.answered_at, offer.accepted = now, False
        offer.save(update_fields=["answered_at", "accepted"])
        facts = {"lot": lot.number, "amount": offer.amount}
        audit.record(
            "auctions.offer.declined",
            subject=offer,
            actor=CLOCK,
            data=facts,
            parties=[offer.organization_id, lot.seller_id],
            now=now,
        )
