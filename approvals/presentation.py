"""How the desk shows a case: queue, sections with remarks, checks, decisions."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import history as accounts_history
from approvals import queries, reasons
from approvals.models import Review
from foundation import audit
from foundation.core import handlers

KINDS = {
    "licenses.terms": _("Declaration"),
    "licenses.withdrawal": _("Withdrawal"),
    "accounts.verification": _("Verification"),
    "settlement.payout": _("Payout"),
    "settlement.refund": _("Refund"),
    "settlement.month": _("Reopening of a month"),
    "settlement.refund_request": _("Refund request"),
    "settlement.account": _("Payout account"),
    "settlement.own_entry": _("Entry in the own books"),
    "settlement.rule": _("Rule of tax or fee"),
    "auctions.lot": _("Lot of a season"),
    "auctions.ruling": _("Decision about a sale"),
    "challenges.formal": _("Formal check of a challenge"),
    "challenges.expert": _("Expert check of a challenge"),
}
HEADINGS = {
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "tomorrow": _("1 working day left"),
    "soon": _("2–3 working days left"),
    "week": _("4–5 working days left"),
    "later": _("More than 5 working days left"),
    "paused": _("Clock stopped: waiting for the correction"),
}
TONES = {"overdue": "danger", "today": "danger", "tomorrow": "warning"}
FIRST = {"fail": 0, "unknown": 1, "warn": 2, "pass": 3}


def queue(membership, now, selected: Review | None = None, mine: bool = False) -> dict:
    """The queue under its headings, and how many cases it holds."""
    rows = queries.reviews.queue(membership)
    if mine:
        rows = rows.filter(reviewer__user_id=membership.user_id)
    rows = list(rows[:300])
    groups = [
        {
            "key": group.key,
            "title": str(HEADINGS[group.key]),
            "tone": TONES.get(group.key, "plain"),
            "count": group.count,
            "rows": [_row(review, membership, selected) for review in group.reviews],
        }
        for group in queries.grouped(rows, now)
    ]
    return {"groups": groups, "count": len(rows)}


def _row(review, membership, selected) -> dict:
    taken = review.reviewer
    return {
        "review": review,
        "kind": str(KINDS.get(review.kind, review.kind)),
        "number": review.subject_number or review.number,
        "selected": selected is not None and selected.pk == review.pk,
        "mine": taken is not None and taken.user_id == membership.user_id,
        "by": str(taken.user) if taken is not None and review.state == "claimed" else "",
        "again": review.rounds > 0 and review.state != "correction",
    }


def case(review: Review, membership) -> dict:
    """One case with its facts, remarks, decisions and buttons."""
    facts = handlers.call(f"review.facts:{review.kind}", review=review)
    unsent = {remark.field: remark for remark in review.corrections.filter(decision=None)}
    groups = facts.get("groups") or [(gettext("Details"), facts["sections"])]
    checks = sorted(facts["checks"], key=lambda check: (FIRST[str(check.outcome)], check.code))
    mine = review.state == "claimed" and review.reviewer_id == membership.pk
    return {
        "review": review,
        "kind": str(KINDS.get(review.kind, review.kind)),
        "facts": facts,
        "groups": [{"title": str(title), "rows": [_field(row, unsent) for row in rows]} for title, rows in groups],
        "remarks": len(unsent),
        "open_checks": [check for check in checks if check.outcome != "pass"],
        "passed_checks": [check for check in checks if check.outcome == "pass"],
        "extracts": facts.get("extracts") or {},
        "mine": mine,
        "own": membership.user_id in review.maker_ids and review.state in ("queued", "claimed"),
        "letter": letter(unsent.values()),
        "decisions": [_decision(decision) for decision in review.decisions.select_related("maker")],
        "buttons": {action.name: action.label for action in audit.actions_for(membership, review)},
        "undo": _may_undo(review),
        "history": accounts_history.entries(facts.get("subject") or review, membership, 8),
        "blocked": ", ".join(facts.get("blocking_codes", ())),
    }


def _may_undo(review) -> bool:
    if review.state != "decided" or not handlers.has(f"review.undone:{review.kind}"):
        return False
    latest = review.decisions.order_by("-pk").first()
    return latest is not None and latest.outcome == "approve"


def _field(row, unsent) -> dict:
    label, value, field, agrees = row
    return {
        "label": str(label),
        "value": str(value),
        "field": field,
        "agrees": agrees,
        "remark": unsent.get(field),
    }


def letter(remarks) -> str:
    """The text of a return, built from the remarks."""
    return "\n".join(f"{n}. {remark.label or remark.field}：{remark.comment}" for n, remark in enumerate(remarks, 1))


def _decision(decision) -> dict:
    codes = [f"{code} {gettext(reasons.label_of(code))}" for code in decision.reasons]
    return {
        "at": decision.made_at,
        "title": decision.get_outcome_display(),
        "detail": "；".join(codes),
        "reason": decision.text,
    }
