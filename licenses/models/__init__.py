"""What the market of open licenses stores."""

from licenses.models.consents import CoOwnerConsent, WithdrawalRequest
from licenses.models.declaration import Attachment, Declaration
from licenses.models.inspection import InspectionFinding, RoyaltyInspection
from licenses.models.license import License
from licenses.models.policy import PricingPolicy
from licenses.models.royalty import ReportLine, ReportPaper, ReportRemark, RoyaltyPeriod, RoyaltyReport
from licenses.models.terms import TermKind, TermsVersion

__all__ = [
    "Attachment",
    "CoOwnerConsent",
    "Declaration",
    "InspectionFinding",
    "License",
    "PricingPolicy",
    "ReportLine",
    "ReportPaper",
    "ReportRemark",
    "RoyaltyInspection",
    "RoyaltyPeriod",
    "RoyaltyReport",
    "TermKind",
    "TermsVersion",
    "WithdrawalRequest",
]
