"""What is stored about patents."""

from patents.models.encumbrances import Encumbrance, EncumbranceKind
from patents.models.events import LegalEvent, LegalEventKind
from patents.models.extracts import RegisterExtract
from patents.models.ownership import Ownership
from patents.models.patents import EvaluationReport, LegalStatus, Patent, PatentKind
from patents.models.reference import IpcSymbol

__all__ = [
    "Encumbrance",
    "EncumbranceKind",
    "EvaluationReport",
    "IpcSymbol",
    "LegalEvent",
    "LegalEventKind",
    "LegalStatus",
    "Ownership",
    "Patent",
    "PatentKind",
    "RegisterExtract",
]
