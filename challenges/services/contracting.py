"""The technology development contract (Civil Code Arts. 851 to 861): agreed texts, signed by both, with milestones."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges import texts
from challenges.lifecycle import ChallengeState
from challenges.models import Award, Milestone
from challenges.rules import may_propose, may_publish
from challenges.services import escrow_plan, selecting
from challenges.services.rooms import TextChanged
from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.clock import database_now, local_date
from foundation.core.crashes import crash_point
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.locking import lock_rows
from foundation.core.money import Money

TEXT_VERSION = 1  # of the clauses in `contract_text`
TERMS = ("work", "acceptance", "rights", "secrecy", "other")
OWNER, SOLVER = "owner", "solver"
TERM_LIMIT = 6_000
UNSIGNED = {"owner_signed_at": None, "owner_signed_by": None, "solver_signed_at": None, "solver_signed_by": None,
            "contract_sha256": ""}  # fmt: skip


def side_of(award: Award, actor: Any) -> str:
    """ "owner" or "solver", by the organization that somebody acts for and what its role allows; empty for others."""
    if may_publish(actor) and actor.organization_id == award.challenge.owner_id:
        return OWNER
    return SOLVER if may_propose(actor) and actor.organization_id == award.solver_id else ""


def parties_of(award: Award) -> list[int]:
    """The organizations that read everything about an award."""
    return sorted({award.challenge.owner_id, award.solver_id})


def first_terms(award: Award) -> dict[str, Any]:
    """The texts a contract begins with: the proposal's plan and milestones, the challenge's rule about new rights."""
    content, challenge = award.proposal.opened.content, award.challenge
    return {
        "work": content.get("plan", ""),
        "acceptance": "",
        "rights": challenge.ownership_terms,
        "secrecy": "",
        "other": "",
        "milestones": [
            {"months": row["months"], "deliverable": row["deliverable"], "amount_fen": row["amount_fen"]}
            for row in content.get("milestones", [])
        ],
    }


def terms_of(award: Award) -> dict[str, Any]:
    """The texts as agreed so far."""
    return award.terms or first_terms(award)


def contract_facts(award: Award) -> dict[str, Any]:
    """What the contract fixes; both sign the hash of this."""
    challenge = award.challenge
    return {
        "award": award.number,
        "challenge": challenge.number,
        "owner": challenge.owner.name,
        "solver": award.solver.name,
        "amount_fen": award.amount_fen,
        "ownership": challenge.ownership,
        "mode": challenge.mode,
        "indicators": [
            [row.name, row.comparison, row.target, row.unit, row.method, row.must] for row in challenge.indicators.all()
        ],
        "promises": award.proposal.opened.content.get("promises", {}),
        "rework_times": challenge.season.rework_times,
        "terms": terms_of(award),
        "clauses": TEXT_VERSION,
    }


def sha256_of(award: Award) -> str:
    """The hash both sides sign."""
    return texts.digest(contract_facts(award))


@transaction.atomic
def propose_terms(
    *, award: Award, values: Mapping[str, str], milestones: Sequence[Mapping[str, Any]], actor, sha256: str = ""
) -> Award:
    """Either side changes the texts; a signature given before falls away, the other side reads again.

    ``milestones``: months after the signature, deliverable, amount_fen; together the award's amount. ``sha256`` pins
    the text that was changed. Raises NotAllowed, NotPossibleNow, TextChanged, Invalid.
    """
    award = lock_rows(award)
    if not side_of(award, actor):
        raise NotAllowed()
    _require(award, "negotiate")
    if sha256 and sha256 != sha256_of(award):
        raise TextChanged()
    _require_milestones(award, milestones)
    award.terms = {name: (values.get(name) or "").strip()[:TERM_LIMIT] for name in TERMS} | {
        "milestones": [dict(row) for row in milestones]
    }
    for name, value in UNSIGNED.items():
        setattr(award, name, value)
    award.save()
    facts = {"sha256": sha256_of(award)}
    audit.record("challenges.award.terms_changed", subject=award, actor=actor, data=facts, parties=parties_of(award))
    return award


def _require(award: Award, verb: str) -> None:
    if not award.permits(verb):
        raise NotPossibleNow(lifecycle="award", state=award.state, move=verb, label=award.state_label)


def _require_milestones(award: Award, rows: Sequence[Mapping[str, Any]]) -> None:
    months = [row["months"] for row in rows]
    if not rows or any(not row["deliverable"] or row["amount_fen"] <= 0 for row in rows):
        raise Invalid(_("Each milestone has a deliverable and an amount."), field="milestones")
    if months != sorted(set(months)) or months[0] < 1:
        raise Invalid(_("Each milestone is later than the one before."), field="milestones")
    if sum(row["amount_fen"] for row in rows) != award.amount_fen:
        amount = Money(award.amount_fen)
        raise Invalid(_("The amounts of the milestones add up to {amount}."), field="milestones", amount=amount)
    gate = award.challenge.gate_milestone
    if gate and award.challenge.most_winners > 1 and len(rows) <= gate:
        raise Invalid(
            _("Several winners run up to milestone {gate}: at least one milestone follows it."),
            field="milestones",
            gate=gate,
        )


def _signed_other_text(award: Award) -> bool:
    """Whether one side signed what is not the text any more."""
    by_one = award.owner_signed_at is not None or award.solver_signed_at is not None
    return by_one and award.permits("sign") and award.contract_sha256 != sha256_of(award)


def _drop_signatures(award: Award, sha256: str, actor: Any, now: datetime) -> Award:
    """What was signed under another text falls away; both sides are told."""
    Award.objects.filter(pk=award.pk).update(**UNSIGNED)
    told: dict[str, Any] = {"data": {"sha256": sha256}, "parties": parties_of(award), "now": now}
    audit.record("challenges.award.terms_changed", subject=award, actor=actor, **told)
    return Award.objects.select_related("challenge").get(pk=award.pk)


@transaction.atomic
def sign(*, award: Award, sha256: str, actor) -> Award:
    """One side signs what it read (``sha256``); with the second signature the contract stands and the work begins.

    Both sign the same text: a signature under another one (a name or a rule changed since) falls away, both are told,
    and that side reads and signs again. A second signature of the same side under the same text changes nothing.
    Raises NotAllowed, NotPossibleNow, TextChanged, Invalid.
    """
    challenge, award = lock_rows(award.challenge, award)
    side, now = side_of(award, actor), database_now()
    if not side:
        raise NotAllowed()
    if getattr(award, f"{side}_signed_at") is not None and not _signed_other_text(award):
        return award
    _require(award, "sign")
    if sha256 != sha256_of(award):
        raise TextChanged()
    if _signed_other_text(award):
        award = _drop_signatures(award, sha256, actor, now)
    _require_milestones(award, terms_of(award)["milestones"])
    signed = {f"{side}_signed_at": now, f"{side}_signed_by_id": actor.user_id, "contract_sha256": sha256}
    signed["terms"] = terms_of(award)
    other = award.solver_signed_at if side == OWNER else award.owner_signed_at
    if actor.user_id in (award.owner_signed_by_id, award.solver_signed_by_id):
        raise NotAllowed()  # nobody signs for both sides
    if other is None:
        Award.objects.filter(pk=award.pk).update(**signed)
        facts = {"side": side, "sha256": sha256}
        told: dict[str, Any] = {"data": facts, "parties": parties_of(award), "now": now}
        audit.record("challenges.award.signed", subject=award, actor=actor, **told)
        return Award.objects.get(pk=award.pk)
    facts = {"sha256": sha256, "amount": award.amount}
    fields = {**signed, "next_check_at": None}
    audit.advance(award, "sign", actor=SYSTEM, data=facts, visibility="public", set=fields, now=now)
    audit.advance(lock_rows(award.proposal), "contract", actor=SYSTEM, parties=[award.solver_id], now=now)
    crash_point("challenges.contract.signed")
    _plan(award, now)
    if challenge.state == ChallengeState.CONTRACTING:
        audit.advance(challenge, "start_work", actor=SYSTEM, visibility="public", now=now)
        selecting.stand_down(challenge, now)
    escrow_plan.start_next(award=award, now=now)
    return award


def _plan(award: Award, now: datetime) -> None:
    """The milestones of the signed contract, due so many months after the last signature."""
    for position, row in enumerate(award.terms["milestones"], 1):
        Milestone.objects.create(
            award=award,
            position=position,
            deliverable=row["deliverable"][:300],
            due_date=local_date(now) + relativedelta(months=row["months"]),
            amount_fen=row["amount_fen"],
        )
