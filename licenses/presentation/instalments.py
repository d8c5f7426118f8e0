"""The instalments of one license: what was asked for with its state, and what falls due once it is in effect."""

from django.urls import reverse

from foundation.core.display import day
from licenses.presentation.sentences import due_words
from licenses.queries.instalments import asked_of
from licenses.services import instalments
from settlement import rules as money_rules
from settlement.models import Obligation
from settlement.services import due_end


def rows_of(license, membership) -> list[dict]:
    """One row an instalment; none where the fee has none. Money is linked for those who may see it."""
    parts = license.terms_version.offer.instalments
    if not parts:
        return []
    asked = asked_of(license)
    dues = instalments.dues_of(license)
    return [
        {
            "no": due.no,
            "amount": due.amount,
            "words": due_words(part),
            "by": asked[due.no].due_at if due.no in asked else due_end(due.day),
            "obligation": asked.get(due.no),
            "url": _url(asked.get(due.no), membership),
        }
        for part, due in zip(parts, dues, strict=True)
    ]


def _url(obligation: Obligation | None, membership) -> str:
    if obligation is None or membership is None or not money_rules.may_view(membership, obligation):
        return ""
    return reverse("settlement:obligation_detail", args=[obligation.number])


def next_open(license) -> Obligation | None:
    """The instalment to pay next, if any is open."""
    rows = sorted(asked_of(license).items())
    return next((one for no, one in rows if no > 1 and one.state == "open"), None)


def as_data(license) -> list[dict]:
    """The same for the API: dates in Shanghai, amounts in yuan."""
    return [
        {
            "no": row["no"],
            "amount": row["amount"],
            "due_at": row["by"],
            "state": row["obligation"].state if row["obligation"] else "planned",
            "obligation": row["obligation"].number if row["obligation"] else None,
        }
        for row in rows_of(license, None)
    ]


def owed_sentence(license) -> list[str]:
    """What a licensee that ends its license still owes, each as amount and day."""
    return [
        f"{one.left} ({day(instalments.local_date(one.due_at - instalments.MOMENT))})"
        for no, one in sorted(asked_of(license).items())
        if no > 1 and one.state == "open"
    ]
