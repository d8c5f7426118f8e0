"""What the API of declarations accepts and shows."""

from licenses.serializers.acts import (
    AttachmentShown,
    AttachmentToAdd,
    CnipaRecord,
    ConsentShown,
    ConsentToSign,
    PaperConsent,
    ReasonGiven,
    WithdrawalShown,
)
from licenses.serializers.declarations import CheckShown, DeclarationShown, DeclarationToStart, EligibilityShown
from licenses.serializers.sections import SECTIONS, DraftShown, SectionToSave, as_form_data, shown

__all__ = [
    "SECTIONS",
    "AttachmentShown",
    "AttachmentToAdd",
    "CheckShown",
    "CnipaRecord",
    "ConsentShown",
    "ConsentToSign",
    "DeclarationShown",
    "DeclarationToStart",
    "DraftShown",
    "EligibilityShown",
    "PaperConsent",
    "ReasonGiven",
    "SectionToSave",
    "WithdrawalShown",
    "as_form_data",
    "shown",
]
