"""What the payer may ask the sandbox bank to do (pure): the money it books and the messages it sends."""

from dataclasses import dataclass
from enum import StrEnum

from foundation.core.marks import _


class Scenario(StrEnum):
    NORMAL = "normal"
    DELAY = "delay"
    LATE = "late"
    TWICE = "twice"
    OUT_OF_ORDER = "out_of_order"
    WRONG_AMOUNT = "wrong_amount"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Row:
    """``receipts``: how often the amount is booked; ``wrong_by`` fen less; ``wait``: seconds until the first message;
    ``after_deadline``: booked a day after the order ended; ``reversed_order``: the last message is sent first;
    ``copies``: how often each message is sent."""

    label: str
    hint: str
    receipts: int = 1
    wrong_by: int = 0
    wait: int = 0
    after_deadline: bool = False
    reversed_order: bool = False
    copies: int = 1


SCENARIOS = {
    Scenario.NORMAL: Row(_("Pay normally"), _("The merchant hears of it at once.")),
    Scenario.DELAY: Row(_("Pay, tell the merchant later"), _("The message leaves after 30 seconds."), wait=30),
    Scenario.LATE: Row(_("Pay too late"), _("Booked one day after the deadline of the order."), after_deadline=True),
    Scenario.TWICE: Row(
        _("Pay twice"), _("The amount is booked twice, and each message is sent twice."), receipts=2, copies=2
    ),
    Scenario.OUT_OF_ORDER: Row(
        _("Messages out of order"), _("“Paid” is sent before “in progress”."), reversed_order=True
    ),
    Scenario.WRONG_AMOUNT: Row(_("Pay a wrong amount"), _("One yuan less than asked for."), wrong_by=100),
    Scenario.FAILING: Row(_("Let the bank refuse"), _("The bank refuses; no money moves."), receipts=0),
}
