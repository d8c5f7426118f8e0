"""Importing a portfolio: send, confirm, discard, undo. The work itself is done by jobs."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules as accounts
from foundation import audit
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.locking import lock_rows
from foundation.jobs import services as jobs
from foundation.jobs.models import ImportBatch
from foundation.jobs.tables import TableRefused, open_table
from foundation.jobs.tables.kinds import MOST_BYTES
from patents.importing import checking

KIND = "patents.portfolio"


class FileChanged(DomainError):
    """What is confirmed is not the file that was shown."""

    code, status = "file_changed", 409
    message = _("The file has changed since the preview. Send it again and look at the new preview.")


class NothingToImport(DomainError):
    """No row can be imported."""

    code = "nothing_to_import"
    message = _("No row of this file can be imported. Correct the errors and send the file again.")


def _require(actor: Any) -> None:
    if not accounts.can(actor, "manage_portfolio"):
        raise NotAllowed()


@transaction.atomic
def start_import(*, upload: Any, actor: Any) -> ImportBatch:
    """Take a file and check it in the background; the rows are written only after `confirm_import`.

    Raises TableRefused (with the reason) for what is no readable table or lacks a needed column; NotAllowed.
    """
    _require(actor)
    content = upload.read(MOST_BYTES + 1) if upload is not None else b""
    table = open_table(content)
    header, _places = checking.find_header(table)
    next(table.lines(header))  # refuses a table without rows
    own = actor.organization
    batch = ImportBatch(
        kind=KIND,
        original_name=(upload.name or "portfolio")[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        format=table.format[:40],
        options={"own_names": [own.name, own.name_en]},
        organization_id=own.pk,
        user_id=actor.user_id,
    )
    batch.file.save(batch.sha256[:16], ContentFile(content), save=False)
    batch.save()
    audit.record(
        "jobs.importbatch.received",
        subject=batch,
        actor=actor,
        data={"sha256": batch.sha256, "format": batch.format},
        parties=[own.pk],
    )
    return _start_job("patents.import.check", batch, actor)


def _start_job(kind: str, batch: ImportBatch, actor: Any) -> ImportBatch:
    batch.job = jobs.start(kind=kind, subject=batch, actor=actor, total=batch.rows_total)
    batch.save(update_fields=["job"])
    return batch


@transaction.atomic
def confirm_import(*, batch: ImportBatch, sha256: str, actor: Any, include_foreign: bool = False) -> ImportBatch:
    """Write the rows without errors. `sha256` is that of the preview: what was shown is what is written.

    `include_foreign`: also the rows that name another patentee; the first name in such a row is taken to be the
    importing organization (a former name, or a transfer the file does not know yet).
    Raises FileChanged, NothingToImport, NotPossibleNow, StateChanged, NotAllowed.
    """
    _require(actor)
    batch = lock_rows(batch)
    if sha256 != batch.sha256:
        raise FileChanged()
    if batch.permits("confirm") and not batch.rows_valid + (batch.rows_foreign if include_foreign else 0):
        raise NothingToImport()
    valid, fields = batch.rows_valid, {}
    if include_foreign:
        valid += batch.rows_foreign
        fields = {"rows_valid": valid, "rows_foreign": 0}
    audit.advance(batch, "confirm", actor=actor, data={"valid": valid}, parties=[batch.organization_id], set=fields)
    if include_foreign:
        batch.rows.filter(decision="foreign").update(decision="valid", errors=[])
    return _start_job("patents.import.write", batch, actor)


@transaction.atomic
def discard_import(*, batch: ImportBatch, actor: Any) -> ImportBatch:
    """Drop an import before it is written. Raises NotPossibleNow, StateChanged, NotAllowed."""
    _require(actor)
    batch = lock_rows(batch)
    audit.advance(batch, "discard", actor=actor, parties=[batch.organization_id])
    if batch.job is not None and batch.job.is_open:
        jobs.cancel(job=batch.job, actor=actor)
    return batch


@transaction.atomic
def undo_import(*, batch: ImportBatch, actor: Any) -> ImportBatch:
    """Take the written patents out again, except those in use. Raises NotPossibleNow, StateChanged, NotAllowed."""
    _require(actor)
    batch = lock_rows(batch)
    audit.advance(batch, "undo", actor=actor, parties=[batch.organization_id])
    return _start_job("patents.import.undo", batch, actor)


__all__ = [
    "FileChanged",
    "NothingToImport",
    "TableRefused",
    "confirm_import",
    "discard_import",
    "start_import",
    "undo_import",
]
