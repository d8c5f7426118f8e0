"""What a job and an import go through."""

from enum import StrEnum

from foundation.core.lifecycle import Lifecycle
from foundation.core.marks import _


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


JOB = Lifecycle(
    "job",
    JobState,
    initial=JobState.QUEUED,
    moves=[
        # move      from                                  to                  by        the button says
        ("claim", (JobState.QUEUED,), JobState.RUNNING, "system", _("Start")),
        ("requeue", (JobState.RUNNING,), JobState.QUEUED, "clock", _("Take up again")),
        ("finish", (JobState.RUNNING,), JobState.DONE, "system", _("Finish")),
        ("fail", (JobState.RUNNING, JobState.QUEUED), JobState.FAILED, ("system", "clock"), _("Give up")),
        ("cancel", (JobState.QUEUED, JobState.RUNNING), JobState.CANCELLED, "starter", _("Cancel")),
    ],
    permits={JobState.QUEUED: {"cancel"}, JobState.RUNNING: {"cancel", "progress"}},
    labels={
        JobState.QUEUED: _("Waiting"),
        JobState.RUNNING: _("Running"),
        JobState.DONE: _("Done"),
        JobState.FAILED: _("Failed"),
        JobState.CANCELLED: _("Cancelled"),
    },
    final=(JobState.DONE, JobState.FAILED, JobState.CANCELLED),
)


class ImportState(StrEnum):
    CHECKING = "checking"
    PREVIEW = "preview"
    WRITING = "writing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"
    REFUSED = "refused"
    DISCARDED = "discarded"


IMPORT = Lifecycle(
    "import",
    ImportState,
    initial=ImportState.CHECKING,
    moves=[
        # move      from                                          to                     by          the button says
        ("show", (ImportState.CHECKING,), ImportState.PREVIEW, "system", _("Show the preview")),
        ("refuse", (ImportState.CHECKING,), ImportState.REFUSED, "system", _("Refuse the file")),
        ("discard", (ImportState.CHECKING, ImportState.PREVIEW), ImportState.DISCARDED, "importer", _("Discard")),
        ("confirm", (ImportState.PREVIEW,), ImportState.WRITING, "importer", _("Import the rows without errors")),
        ("complete", (ImportState.WRITING,), ImportState.IMPORTED, "system", _("Finish")),
        ("undo", (ImportState.IMPORTED,), ImportState.UNDOING, "importer", _("Undo the import")),
        ("take_back", (ImportState.UNDOING,), ImportState.UNDONE, "system", _("Finish")),
    ],
    permits={
        ImportState.PREVIEW: {"confirm", "discard"},
        ImportState.CHECKING: {"discard", "wait"},
        ImportState.WRITING: {"wait"},
        ImportState.IMPORTED: {"undo"},
        ImportState.UNDOING: {"wait"},
    },
    labels={
        ImportState.CHECKING: _("Being checked"),
        ImportState.PREVIEW: _("Ready to confirm"),
        ImportState.WRITING: _("Being imported"),
        ImportState.IMPORTED: _("Imported"),
        ImportState.UNDOING: _("Being undone"),
        ImportState.UNDONE: _("Undone"),
        ImportState.REFUSED: _("File refused"),
        ImportState.DISCARDED: _("Discarded"),
    },
    final=(ImportState.UNDONE, ImportState.REFUSED, ImportState.DISCARDED),
)
