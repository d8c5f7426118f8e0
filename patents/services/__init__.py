"""What can be done with patents: imports, register extracts and transfers. Encumbrances have their own module."""

from patents.services.extracts import confirm_extract, refuse_extract, submit_extract
from patents.services.imports import confirm_import, discard_import, start_import, undo_import
from patents.services.transferring import transfer
from patents.services.updating import update_facts

__all__ = [
    "confirm_extract",
    "confirm_import",
    "discard_import",
    "refuse_extract",
    "start_import",
    "submit_extract",
    "transfer",
    "undo_import",
    "update_facts",
]
