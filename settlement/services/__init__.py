"""What can be done with money."""

from settlement.services.allocating import allocate
from settlement.services.cases import decide_case, resolve_case
from settlement.services.confirming import take_event
from settlement.services.forfeiting import forfeit_set_off
from settlement.services.holds import Share, capture, expire, forfeit
from settlement.services.holds import release as release_hold
from settlement.services.objections import raise_objection, settle_objection
from settlement.services.obligations import cancel_obligation, expire_obligation, open_obligation
from settlement.services.overdue import charge_until, remind
from settlement.services.paying import ask_about, begin_payment, place_order, start_payment
from settlement.services.refunding import refund, refund_obligation
from settlement.services.releasing import release
from settlement.services.schedules import Part, due_end, open_schedule
from settlement.services.sending import pursue_refund
from settlement.services.setting_off import set_off
from settlement.services.withdrawing import withdraw

__all__ = [
    "Part",
    "Share",
    "allocate",
    "ask_about",
    "begin_payment",
    "cancel_obligation",
    "capture",
    "charge_until",
    "decide_case",
    "due_end",
    "expire",
    "expire_obligation",
    "forfeit",
    "forfeit_set_off",
    "open_obligation",
    "open_schedule",
    "place_order",
    "pursue_refund",
    "raise_objection",
    "refund",
    "refund_obligation",
    "release",
    "release_hold",
    "remind",
    "resolve_case",
    "set_off",
    "settle_objection",
    "start_payment",
    "take_event",
    "withdraw",
]
