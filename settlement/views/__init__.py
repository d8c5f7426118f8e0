"""The pages about money."""

from settlement.views.desk import AccountDetail, CaseDetail, Desk, EntryDetail
from settlement.views.obligations import (
    ObjectToRelease,
    ObligationDetail,
    PaymentDetail,
    SettleObjection,
    StartPayment,
)
from settlement.views.overview import Overview, Statement

__all__ = [
    "AccountDetail",
    "CaseDetail",
    "Desk",
    "EntryDetail",
    "ObjectToRelease",
    "ObligationDetail",
    "Overview",
    "PaymentDetail",
    "SettleObjection",
    "StartPayment",
    "Statement",
]
