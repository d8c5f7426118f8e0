"""What the market of open licenses stores."""

from licenses.models.consents import CoOwnerConsent, WithdrawalRequest
from licenses.models.declaration import Attachment, Declaration
from licenses.models.policy import PricingPolicy
from licenses.models.terms import TermKind, TermsVersion
from licenses.models.license import License  # noqa: I001  (after what it points to)

__all__ = [
    "Attachment",
    "CoOwnerConsent",
    "Declaration",
    "License",
    "PricingPolicy",
    "TermKind",
    "TermsVersion",
    "WithdrawalRequest",
]
