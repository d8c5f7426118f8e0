"""What can be done with money."""

from settlement.services.cases import decide_case, resolve_case
from settlement.services.confirming import take_event
from settlement.services.objections import raise_objection, settle_objection
from settlement.services.obligations import cancel_obligation, expire_obligation, open_obligation
from settlement.services.paying import ask_about, begin_payment, place_order, start_payment
from settlement.services.refunding import refund, refund_obligation
from settlement.services.releasing import release
from settlement.services.sending import pursue_refund

__all__ = [
    "ask_about",
    "begin_payment",
    "cancel_obligation",
    "decide_case",
    "expire_obligation",
    "open_obligation",
    "place_order",
    "pursue_refund",
    "raise_objection",
    "refund",
    "refund_obligation",
    "release",
    "resolve_case",
    "settle_objection",
    "start_payment",
    "take_event",
]
