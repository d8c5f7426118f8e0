"""Damages after a failed sale: claimed by the side that kept to it, answered by the other, paid through settlement.

The buyer claims compensation from a seller in default (Civil Code Art. 577); the seller claims from a buyer in default
what a later sale brought less (Auction Law Art. 39). Who does not agree goes to court: nobody decides here.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rules import can
from auctions.lifecycle_parties import SaleState
from auctions.models import Claim, Lot, Ruling, Sale
from auctions.services.sales import locked
from foundation import audit
from foundation.audit.models import Event
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.core.text import clean_text
from foundation.core.workdays import deadline_in_workdays
from settlement import services as settlement
from settlement.services import second_person

PURPOSE = "auction.damages"
ANSWER_DAYS = PAY_DAYS = 10  # working days
LONGEST = 2000
FAILED = (SaleState.SELLER_DEFAULT, SaleState.REFUNDED, SaleState.DEPOSIT_FORFEITED)
CAPABILITY = {"buyer": "bid", "seller": "declare"}


class ClaimedTooMuch(DomainError):
    """More than the law gives."""

    code, field = "claimed_too_much", "amount"
    message = _("At most {most} can be claimed.")


def kind_of(sale: Sale) -> str:
    """Which claim a failed sale gives rise to; empty where none."""
    if sale.state not in FAILED:
        return ""
    approved = sale.rulings.filter(approved=True).values_list("act", flat=True)
    if Ruling.Act.SELLER_DEFAULT in approved:
        return Claim.Kind.COMPENSATION
    return Claim.Kind.SHORTFALL if Ruling.Act.FORFEIT in approved and shortfall_of(sale) else ""


def shortfall_of(sale: Sale) -> Money:
    """What the later sale of the lot brought less, without the seller's part of the forfeited deposit; zero before."""
    lots, lot = [sale.lot_id], sale.lot
    while (lot := Lot.objects.filter(relisted_from=lot).first()) is not None:
        lots.append(lot.pk)
    later = Sale.objects.filter(lot__in=lots, pk__gt=sale.pk, state=SaleState.COMPLETED).order_by("pk").first()
    if later is None:
        return Money(0)
    return max(sale.price - later.price - _forfeited(sale), Money(0))


def _forfeited(sale: Sale) -> Money:
    """The seller's part of the deposit, as the history has it."""
    event = Event.objects.filter(name="auctions.sale.forfeit", subject_kind="auctions.sale", subject_id=sale.pk).last()
    return Money(event.facts["seller"]["fen"]) if event else Money(0)


def most_of(sale: Sale) -> Money:
    """The upper limit of a claim: the shortfall, or the price that the buyer would have got the right for."""
    return shortfall_of(sale) if kind_of(sale) == Claim.Kind.SHORTFALL else sale.price


def to_answer(member: Any) -> list[Claim]:
    """Claims that the member's side has to answer, by their deadlines."""
    if member is None:
        return []
    mine = Claim.objects.filter(respondent=member.organization_id, answered_at=None).select_related("sale__lot")
    return [claim for claim in mine.order_by("answer_by_at") if may_answer(claim, member)]


def of_sale(sale: Sale) -> Claim | None:
    """The claim about a sale, if any."""
    return Claim.objects.select_related("obligation", "sale__buyer", "sale__seller").filter(sale=sale).first()


def may_claim(sale: Sale, member: Any) -> bool:
    """Whether the member's side may claim now: once a sale."""
    kind = kind_of(sale)
    if not kind or Claim.objects.filter(sale=sale).exists():
        return False
    return _is(sale, "buyer" if kind == Claim.Kind.COMPENSATION else "seller", member)


def may_answer(claim: Claim, member: Any) -> bool:
    """Whether the member's side has to answer."""
    side = "seller" if claim.kind == Claim.Kind.COMPENSATION else "buyer"
    return claim.answered_at is None and _is(claim.sale, side, member)


def _is(sale: Sale, side: str, member: Any) -> bool:
    of_side = member is not None and member.organization_id == getattr(sale, f"{side}_id")
    return of_side and can(member, CAPABILITY[side])


@transaction.atomic
def raise_claim(*, sale: Sale, amount: Money, reason: str, actor: Any) -> Claim:
    """Claim damages, once a sale. Raises NotPossibleNow, NotAllowed, ClaimedTooMuch, Invalid."""
    sale, text = locked(sale), clean_text(reason, LONGEST, multiline=True)
    kind = kind_of(sale)
    if not kind or Claim.objects.filter(sale=sale).exists():
        raise NotPossibleNow(lifecycle="auction sale", state=sale.state, move="claim", label=sale.state_label)
    if not may_claim(sale, actor):
        raise NotAllowed()
    if not text:
        raise Invalid(_("Say what the damage is."), field="reason")
    if amount.fen <= 0:
        raise Invalid(_("Enter an amount above zero."), field="amount")
    if amount > (most := most_of(sale)):
        raise ClaimedTooMuch(most=most)
    now = database_now()
    sides = (sale.buyer, sale.seller) if kind == Claim.Kind.COMPENSATION else (sale.seller, sale.buyer)
    made = Claim.objects.create(
        sale=sale,
        kind=kind,
        claimant=sides[0],
        respondent=sides[1],
        amount_fen=amount.fen,
        reason=text,
        raised_by_id=actor.user_id,
        raised_at=now,
        answer_by_at=deadline_in_workdays(now, ANSWER_DAYS),
    )
    facts = {"lot": sale.lot.number, "amount": amount, "kind": str(kind)}
    audit.record("auctions.sale.claimed", subject=sale, actor=actor, data=facts, parties=sale.party_ids, now=now)
    return made


@transaction.atomic
def answer(*, claim: Claim, agreed: Money, answer: str, actor: Any) -> Claim:
    """The other side agrees to an amount (zero refuses); it is asked for at once.

    Raises NotAllowed, OwnWork, NotPossibleNow, ClaimedTooMuch, Invalid (a refusal without reason).
    """
    sale = locked(claim.sale)
    claim = Claim.objects.select_related("claimant", "respondent").get(pk=claim.pk)
    if claim.answered_at is not None:
        raise NotPossibleNow(lifecycle="claim", state="answered", move="answer", label=_("Answered"))
    if not may_answer(claim, actor):
        raise NotAllowed()
    second_person.require_another(actor, claim.raised_by_id)
    text = clean_text(answer, LONGEST, multiline=True)
    if agreed.fen < 0 or agreed > claim.amount:
        error = ClaimedTooMuch(most=claim.amount)
        error.field = "agreed"
        raise error
    if not agreed and not text:
        raise Invalid(_("Give the reason."), field="answer")
    now = database_now()
    claim.agreed_fen, claim.answer, claim.answered_by_id, claim.answered_at = agreed.fen, text, actor.user_id, now
    claim.obligation = _ask(sale, claim, now) if agreed else None
    claim.save(update_fields=["agreed_fen", "answer", "answered_by", "answered_at", "obligation"])
    facts = {"lot": sale.lot.number, "amount": agreed}
    audit.record("auctions.sale.claim_answered", subject=sale, actor=actor, data=facts, parties=sale.party_ids, now=now)
    return claim


def _ask(sale: Sale, claim: Claim, now: Any) -> Any:
    return settlement.open_obligation(
        purpose=PURPOSE,
        ref=Ref.of(sale),
        debtor=claim.respondent,
        creditor=claim.claimant,
        amount=Money(claim.agreed_fen),
        due_at=deadline_in_workdays(now, PAY_DAYS),
        key=f"{PURPOSE}:{sale.pk}",
        label=f"{sale.number} {sale.lot.title_zh_hans}",
        actor=SYSTEM,
    )
