"""How a dispute ends: an offer both sides agree to, or a ruling. The disputed money then moves by the agreed split."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money
from foundation.core.text import clean_text
from settlement import rules_payouts as rules
from settlement.models import Dispute, SettlementOffer
from settlement.services import disputes, freezes, second_person
from settlement.services.taking_back import take_back

SIDES = ("claimant", "respondent")


class OfferGone(DomainError):
    """Another offer has taken its place, or it was declined."""

    code = "offer_gone"
    message = _("This offer does not stand any more.")


@transaction.atomic
def offer(*, dispute: Dispute, back: Money, text: str, actor: Any) -> SettlementOffer:
    """Offer how the disputed amount is shared: ``back`` goes to the payer, the rest is the payee's.

    Either side may, and in mediation the mediator. Whoever offers has agreed; an earlier offer ends. Raises NotAllowed,
    NotPossibleNow, Invalid.
    """
    dispute = lock_rows(dispute)
    is_side = rules.may_dispute(actor, dispute)
    if not is_side and not (dispute.state == "mediation" and rules.may_mediate(actor, dispute)):
        raise NotAllowed()
    _require(dispute, "offer")
    _check(dispute, back)
    now, side = database_now(), actor.organization_id if is_side else None
    dispute.offers.filter(ended_at=None).update(ended_at=now)
    mine = [name for name in SIDES if side is not None and side == getattr(dispute, f"{name}_id")]
    made = SettlementOffer.objects.create(
        dispute=dispute,
        made_by_id=side,
        made_by_user_id=actor.user_id,
        back_fen=back.fen,
        text=clean_text(text, disputes.LONGEST, multiline=True),
        made_at=now,
        **{f"{name}_agreed_at": now for name in mine},
        **{f"{name}_agreed_by_id": actor.user_id for name in mine},
    )
    _record("offered", made, actor, text)
    return made


def _require(dispute: Dispute, verb: str) -> None:
    if not dispute.permits(verb):
        raise NotPossibleNow(lifecycle="dispute", state=dispute.state, move=verb, label=dispute.state_label)


def _check(dispute: Dispute, back: Money | None) -> None:
    if back is None or not Money(0, dispute.currency) <= back <= dispute.amount:
        raise Invalid(_("Between nothing and the disputed {amount}."), field="back", amount=dispute.amount)


def _record(verb: str, made: SettlementOffer, actor: Any, reason: str) -> None:
    audit.record(
        f"settlement.dispute.{verb}",
        subject=made.dispute,
        actor=actor,
        reason=reason[:200],
        data={"back": made.back, "keeps": made.keeps, "about": made.dispute.number},
        parties=made.dispute.party_ids,
    )


@transaction.atomic
def agree(*, offer: SettlementOffer, actor: Any) -> Dispute:
    """One side agrees to an offer; with both the dispute is settled and the money moves. A repeat changes nothing.

    Nobody agrees for both sides, or to what they offered as the mediator. Raises NotAllowed, NotPossibleNow, OfferGone,
    OwnWork.
    """
    _obligation, dispute, made = lock_rows(offer.dispute.obligation, offer.dispute, offer)
    side = _side(dispute, actor)
    if made.ended_at is not None:
        if made.agreed:
            return dispute
        raise OfferGone()
    _require(dispute, "offer")
    now = database_now()
    if getattr(made, f"{side}_agreed_at") is None:
        mediator = made.made_by_user_id if made.made_by_id is None else None
        others = [getattr(made, f"{name}_agreed_by_id") for name in SIDES if name != side]
        second_person.require_another(actor, mediator, *others)
        setattr(made, f"{side}_agreed_at", now)
        setattr(made, f"{side}_agreed_by_id", actor.user_id)
        made.save(update_fields=[f"{side}_agreed_at", f"{side}_agreed_by_id"])
        _record("agreed", made, actor, "")
    if not made.agreed:
        return dispute
    made.ended_at = now
    made.save(update_fields=["ended_at"])
    return _carry_out(dispute, "settle", actor, made.back, made.text or made.dispute.number)


def _side(dispute: Dispute, actor: Any) -> str:
    if rules.is_claimant(actor, dispute):
        return "claimant"
    if rules.is_respondent(actor, dispute):
        return "respondent"
    raise NotAllowed()


@transaction.atomic
def decline(*, offer: SettlementOffer, actor: Any, reason: str = "") -> SettlementOffer:
    """One side says no; another offer may follow. A repeat changes nothing. Raises NotAllowed."""
    dispute, made = lock_rows(offer.dispute, offer)
    _side(dispute, actor)
    if made.ended_at is None:
        made.ended_at = database_now()
        made.save(update_fields=["ended_at"])
        _record("declined", made, actor, clean_text(reason, 200))
    return made


@transaction.atomic
def carry_out_ruling(*, dispute: Dispute, back: Money, outcome: str, actor: Any) -> Dispute:
    """Carry out what arbitration or a court decided; an officer or finance, with the ruling's words. Raises NotAllowed,
    OwnWork (who claimed or answered), NotPossibleNow, Invalid."""
    _obligation, dispute = lock_rows(dispute.obligation, dispute)
    second_person.require_another(actor, dispute.opened_by_id, dispute.answered_by_id)
    text = disputes.text_of(outcome, "outcome")
    _check(dispute, back)
    return _carry_out(dispute, "rule", actor, back, text, ruled_by_id=actor.user_id)


def _carry_out(dispute: Dispute, move: str, actor: Any, back: Money, text: str, **more: Any) -> Dispute:
    fields = {"back_fen": back.fen, "outcome": text, "ended_at": database_now(), "due_at": None}
    dispute = disputes.advance(dispute, move, actor, text, **fields, **more)
    freezes.lift_all(basis=dispute, actor=SYSTEM, reason=dispute.number)
    if back:
        take_back(obligation=dispute.obligation, amount=back, actor=SYSTEM, reason=dispute.number)
    return dispute
