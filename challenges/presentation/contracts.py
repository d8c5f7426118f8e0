"""What the page of a contract shows: the next step, the course, facts, money, milestones, papers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import rules as account_rules
from challenges.lifecycle_parties import MILESTONE, AwardState, MilestoneState
from challenges.models import Award, Outcome
from challenges.presentation import milestones as of_milestone
from challenges.queries import contracts
from challenges.rules import is_officer
from challenges.services import ending, escrow_plan, promoting
from challenges.services.contracting import OWNER, SOLVER, side_of
from foundation.core.display import day, last_moment, moment
from foundation.core.money import Money, in_capitals
from foundation.documents.presentation import file_rows

A, M = AwardState, MilestoneState
TEXTS = ("work", "acceptance", "rights", "secrecy", "other")


def next_step(award: Award, milestones: list[Any]) -> dict[str, Any]:
    """What is to be done now, by whom, until when."""
    if award.state == A.CONTRACTING:
        return {"text": _to_sign(award), "due": award.sign_by_at}
    if award.state != A.RUNNING:
        return {"text": _ended(award), "due": None}
    current = next((one for one in milestones if one.state not in MILESTONE.final), None)
    if current is None:
        return {"text": _("The work is being completed."), "due": None}
    sentences = {
        M.PLANNED: _("Milestone %(n)d waits: %(why)s"),
        M.DUE: _("The team works on milestone %(n)d and hands it in."),
        M.SUBMITTED: _("The firm begins the acceptance of milestone %(n)d."),
        M.IN_REVIEW: _("The firm measures milestone %(n)d and decides."),
        M.REWORK: _("The team reworks milestone %(n)d and hands it in again."),
    }
    named = {"n": current.position, "why": _waiting(award, current) if current.state == M.PLANNED else ""}
    return {"text": sentences[M(current.state)] % named, "due": current.due_at}


def _waiting(award: Award, milestone: Any) -> str:
    if escrow_plan.waits_at_gate(award, milestone):
        return _("the firm first chooses at the gate of the horse race.")
    asked = escrow_plan.waiting_payment(award)
    if asked is not None:
        return _("the firm first pays %(amount)s into the escrow.") % {"amount": asked.left}
    return _("the escrow first has to cover it.")


def _to_sign(award: Award) -> str:
    """Who has not signed the contract yet."""
    if award.owner_signed_at:
        return _("The firm signed; the team reads and signs the contract.")
    if award.solver_signed_at:
        return _("The team signed; the firm reads and signs the contract.")
    return _("Both agree on the texts and milestones, and sign the contract.")


def _ended(award: Award) -> str:
    return {
        A.COMPLETED: _("The work is completed. Both sides say what came of it."),
        A.FAILED: _("The work failed. What was accepted stays paid."),
        A.TERMINATED: _("The contract was ended. What was accepted stays paid."),
    }[A(award.state)]


def points(award: Award, milestones: list[Any]) -> list[dict[str, Any]]:
    """The course: each point with its moment, done or to do."""
    accepted = sum(one.state == M.ACCEPTED for one in milestones)
    work = _("Milestones: %(done)d of %(all)d accepted") % {"done": accepted, "all": len(milestones)}
    signed = max(award.owner_signed_at, award.solver_signed_at) if award.is_signed else None
    ended = award.state_since if award.state in (A.COMPLETED, A.FAILED, A.TERMINATED) else None
    done = bool(milestones) and accepted == len(milestones)
    return [
        {"title": _("Contract signed by both"), "at": signed, "done": signed is not None},
        {"title": work if milestones else _("Milestones"), "at": None, "done": done},
        {"title": award.state_label if ended else _("Completed"), "at": ended, "done": ended is not None},
    ]


def facts(award: Award) -> list[dict[str, Any]]:
    """Who, what, how."""
    challenge = award.challenge
    rows = [
        {"label": _("Challenge"), "value": challenge.title, "note": challenge.number,
         "url": challenge.get_absolute_url()},
        {"label": _("The firm"), "value": challenge.owner.display_name},
        {"label": _("The team"), "value": award.solver.display_name},
        {"label": _("Proposal"), "value": award.proposal.number, "number": True},
        {"label": _("Cooperation"), "value": challenge.get_mode_display()},
        {"label": _("New rights"), "value": challenge.get_ownership_display()},
    ]  # fmt: skip
    if award.contract_sha256 and award.is_signed:
        rows.append({"label": _("Digest of the contract"), "value": award.contract_sha256, "number": True})
    if award.end_asked_at and award.state not in (A.COMPLETED, A.FAILED, A.TERMINATED):
        value = _("asked on %(day)s") % {"day": day(award.end_asked_at)}
        rows.append({"label": _("The team asks to end it"), "value": value, "note": award.end_asked_reason})
    if award.ended_reason:
        rows.append({"label": _("Reason"), "value": award.ended_reason})
    return rows


def escrow(award: Award, membership: Any) -> list[dict[str, Any]]:
    """The money of the challenge as both sides see it: paid in, paid out, given back, held."""
    sums = contracts.escrow(award.challenge)
    held = Money(sums["paid_in"] - sums["paid_out"] - sums["given_back"])
    rows = [
        {"label": _("Contract"), "value": str(award.amount), "number": True, "note": in_capitals(award.amount)},
        {"label": _("Paid into the escrow"), "value": str(Money(sums["paid_in"])), "number": True},
        {"label": _("Paid to teams"), "value": str(Money(sums["paid_out"])), "number": True},
        {"label": _("Given back to the firm"), "value": str(Money(sums["given_back"])), "number": True},
        {"label": _("In the escrow now"), "value": str(held), "number": True},
    ]
    asked = escrow_plan.waiting_payment(award)
    if asked is not None:
        row = {"label": _("To be paid in next"), "value": str(asked.left), "number": True,
               "note": _("until %(at)s") % {"at": last_moment(asked.due_at)}}  # fmt: skip
        if _may_pay(award, membership):
            row["url"] = reverse("settlement:obligation_detail", args=[asked.number])
        rows.append(row)
    return rows


def _may_pay(award: Award, membership: Any) -> bool:
    own = membership.organization_id == award.challenge.owner_id
    return own and account_rules.can(membership, "pay")


def actions(award: Award, membership: Any, milestones: list[Any], now: Any) -> list[dict[str, Any]]:
    """What this member can do now, with the milestone in work; the first one is the step to take."""
    current = next((one for one in milestones if one.due_at is not None), None)
    found = of_milestone.actions(current, membership, now) if current is not None else []
    side = side_of(award, membership)

    def add(label: str, route: str, tone: str = "") -> None:
        found.append({"label": label, "url": reverse(f"challenges:{route}", args=[award.number]), "tone": tone})

    if side and award.permits("sign") and getattr(award, f"{side}_signed_at") is None:
        add(_("Read and sign the contract"), "contract_sign", "primary")
    if side and award.permits("negotiate"):
        add(_("Change the texts"), "contract_terms")
    asked = escrow_plan.waiting_payment(award) if award.permits("work") else None
    if asked is not None and _may_pay(award, membership):
        url = reverse("settlement:obligation_detail", args=[asked.number])
        found.append({"label": _("Pay into the escrow"), "url": url, "tone": "primary"})
    if side == OWNER and award.permits("work") and ending.at_gate(award.challenge):
        add(_("Go on with this team"), "contract_gate", "primary")
    if side and award.permits("track"):
        add(_("Say what came of it"), "outcome_tell", "primary")
        add(_("Offer a patent as an open license"), "outcome_open_license")
    if award.permits("negotiate") or award.permits("work"):
        if side == OWNER or is_officer(membership):
            add(_("End the contract"), "contract_terminate", "danger")
            if promoting.possible(award, membership, now):
                add(_("Let the reserve follow"), "contract_promote")
        elif side == SOLVER and award.end_asked_at is None:
            add(_("Ask to end the contract"), "contract_ask_end")
    return found


def outcome_rows(award: Award) -> list[dict[str, Any]]:
    """What came of the result."""
    return [outcome_row(one) for one in award.outcomes.select_related("patent")]


def outcome_row(outcome: Outcome) -> dict[str, Any]:
    """One thing that came of a result."""
    patent = outcome.patent
    row = {"label": outcome.get_kind_display(), "value": outcome.text, "note": day(outcome.on)}
    if patent is not None:
        row |= {"note": f"{day(outcome.on)} · {patent.display_number}", "url": patent.get_absolute_url()}
    return row


def signatures(award: Award) -> list[dict[str, Any]]:
    """Who signed when."""
    rows = [(award.challenge.owner, award.owner_signed_at), (award.solver, award.solver_signed_at)]
    return [
        {"label": organization.display_name, "value": moment(at) if at else _("not signed yet")}
        for organization, at in rows
    ]


def papers(documents: Any) -> list[dict[str, Any]]:
    """The PDFs as rows of the file list."""
    return file_rows(documents, {"challenge.contract": _("Contract (PDF, Chinese and English)")})
