"""The pages of patents."""

from patents.views.extracts import ConfirmExtract, ExtractList, NewExtract, RefuseExtract
from patents.views.imports import (
    ConfirmImport,
    DiscardImport,
    ImportDetail,
    ImportErrors,
    ImportList,
    ImportTemplate,
    NewImport,
    UndoImport,
)
from patents.views.numbers import CheckNumbers
from patents.views.register import ExportPatents, PatentDetail, PatentList, Portfolio

__all__ = [
    "CheckNumbers",
    "ConfirmExtract",
    "ConfirmImport",
    "DiscardImport",
    "ExportPatents",
    "ExtractList",
    "ImportDetail",
    "ImportErrors",
    "ImportList",
    "ImportTemplate",
    "NewExtract",
    "NewImport",
    "PatentDetail",
    "PatentList",
    "Portfolio",
    "RefuseExtract",
    "UndoImport",
]
