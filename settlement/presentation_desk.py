"""What waits on finance's desk: one figure a row, each leading to the page where it is worked on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.core.money import Money
from settlement import chart, queries
from settlement.lifecycle_disputes import DisputeState
from settlement.lifecycle_payouts import RunState
from settlement.queries.payables import Payable


def waiting(membership, ready: list[Payable], queued: int) -> list[dict]:
    """Bank lines to clarify, runs for the second person, payable now, disputes, own fees to sweep, the last month."""
    second = queries.runs.visible_to(membership).filter(state=RunState.WAITING).count()
    ended = [DisputeState.OPEN, DisputeState.MEDIATION]
    disputes = queries.disputes.visible_to(membership).filter(state__in=ended).count()
    closed = queries.months.visible_to(membership).order_by("-month").first()
    last = closed.number if closed else "—"
    return [
        _row(_("Bank lines to clarify"), queued, "bank_queue"),
        _row(_("Runs that wait for a second person"), second, "payout_runs"),
        _row(_("Can be paid out now"), len(ready), "payout_runs", sum((one.free for one in ready), Money(0))),
        _row(_("Disputes under way"), disputes, "disputes"),
        _row(_("Own fees to sweep"), queries.balance(chart.OWN_FEES), "own_books"),
        _row(_("Latest month in the books"), last, "months", _(closed.state_label) if closed else ""),
    ]


def _row(label: str, value, view: str, note="") -> dict:
    return {"label": label, "value": value, "url": reverse(f"settlement:{view}"), "note": note}
