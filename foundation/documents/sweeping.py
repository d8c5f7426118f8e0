"""Bytes that no row knows: a process killed between writing a file and committing its row leaves them behind."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import Storage
from django.db.models import FileField

KEPT_FOR = timedelta(days=1)  # longer than any transaction, upload or job step
MOST = 200  # in one run: more means that rows are missing (an old backup), not that bytes are left over
log = logging.getLogger(__name__)


def forget_orphans(*, now: datetime) -> int:
    """Delete stored files older than a day that no row of any model names; how many.

    ``now`` is the machine's time, as the files' own. With more than `MOST` of them nothing is deleted and the log
    says so: somebody has to look.
    """
    found = [(storage, path) for storage, path in _orphans(now - KEPT_FOR)]
    if len(found) > MOST:
        log.error("%s stored files have no row: none was deleted", len(found))
        return 0
    for storage, path in found:
        log.warning("deleted a stored file without a row: %s", path)
        storage.delete(path)
    return len(found)


def _orphans(before: datetime) -> Iterator[tuple[Storage, str]]:
    for (storage, top), columns in _folders().items():
        for folder, names in _walk(storage, top):
            old = {path for path in names if storage.get_modified_time(path) < before}
            for column in columns if old else ():  # rows are read after the files: what appears meanwhile is kept
                rows = column.model._base_manager.filter(**{f"{column.name}__startswith": f"{folder}/"})
                old -= set(rows.values_list(column.name, flat=True))
            yield from ((storage, path) for path in sorted(old))


def _folders() -> dict[tuple[Storage, str], list[FileField]]:
    """The folders our models store in ("files/" of "files/%Y/%m/"), with the columns that name what lies there."""
    found: dict[tuple[Storage, str], list[FileField]] = {}
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, FileField) and isinstance(column.upload_to, str):
                top = column.upload_to.partition("%")[0].strip("/")
                if top:
                    found.setdefault((column.storage, top), []).append(column)
    return found


def _walk(storage: Storage, folder: str) -> Iterator[tuple[str, list[str]]]:
    """Every folder below, with the paths of its files; nothing where it does not exist yet."""
    if not storage.exists(folder):
        return
    folders, names = storage.listdir(folder)
    yield folder, [f"{folder}/{name}" for name in names]
    for inner in folders:
        yield from _walk(storage, f"{folder}/{inner}")
