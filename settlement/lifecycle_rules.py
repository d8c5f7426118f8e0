"""States of a rule of tax or fee that one person proposes and another one lays down (pure)."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class RuleState(StrEnum):
    PROPOSED = "proposed"
    LAID_DOWN = "laid_down"
    REFUSED = "refused"


R = RuleState
RULE = Lifecycle(
    "rule of tax or fee",
    R,
    initial=R.PROPOSED,
    moves=[
        # move       from           to            by        the button says
        ("lay_down", (R.PROPOSED,), R.LAID_DOWN, "system", _("Lay down")),
        ("refuse", (R.PROPOSED,), R.REFUSED, "system", _("Refuse")),
    ],
    labels={R.PROPOSED: _("With a second person"), R.LAID_DOWN: _("Laid down"), R.REFUSED: _("Refused")},
    final=(R.LAID_DOWN, R.REFUSED),
)
