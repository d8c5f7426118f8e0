"""Rows of "my work": signals of collusion that no officer has looked at, claims that wait for an answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from auctions.queries import suspicions
from auctions.services import claims
from foundation.core.work import WorkItem

MOST = 20


def items_for(membership) -> list[WorkItem]:
    """Signals for officers, claims for the other side of a failed sale."""
    return [*_signals(membership), *_claims(membership)]


def _claims(membership) -> list[WorkItem]:
    return [
        WorkItem(
            kind=_("Claim for damages"),
            title=claim.sale.lot.title,
            detail=f"{claim.sale.number} · {claim.amount}",
            url=reverse("auctions:claim_answer", args=[claim.sale.number]),
            due_at=claim.answer_by_at,
            action=_("Answer"),
        )
        for claim in claims.to_answer(membership)[:MOST]
    ]


def _signals(membership) -> list[WorkItem]:
    """One row a lot, and one a season for what runs over several lots. Nobody is named."""
    return [
        WorkItem(
            kind=_("Signals of collusion"),
            title=row["lot__number"] or row["season__title_zh_hans"],
            detail=ngettext("%(n)d signal without a note", "%(n)d signals without a note", row["n"]) % {"n": row["n"]},
            url=reverse("auctions:lot_signals", args=[row["lot__number"]])
            if row["lot__number"]
            else reverse("auctions:season_signals", args=[row["season__code"]]),
            action=_("Look"),
        )
        for row in suspicions.waiting(membership)[:MOST]
    ]
