"""The pages about money."""

from settlement.views.desk import CaseDetail, Desk, EntryDetail, Proofs
from settlement.views.obligations import (
    ObjectToRelease,
    ObligationDetail,
    PaymentDetail,
    SettleObjection,
    StartPayment,
)
from settlement.views.overview import Overview, Statement
from settlement.views.statements import AccountDetail, ObjectStatement, PartyStatement, StatementList

__all__ = [
    "AccountDetail",
    "CaseDetail",
    "Desk",
    "EntryDetail",
    "ObjectStatement",
    "ObjectToRelease",
    "ObligationDetail",
    "Overview",
    "PartyStatement",
    "PaymentDetail",
    "Proofs",
    "SettleObjection",
    "StartPayment",
    "Statement",
    "StatementList",
]
