"""Jobs start as soon as their start is committed."""

from celery import current_app

from foundation import audit
from foundation.core.marks import _, ngettext
from foundation.jobs import rules  # noqa: F401, registers the rules


def wake_worker(event) -> None:
    """Tell a worker that a job waits; the scanner finds it otherwise."""
    current_app.send_task("jobs.run", [event.subject_id], retry=False, ignore_result=True)


audit.subscriptions.subscribe("jobs.job.started", "jobs.wake", wake_worker)
audit.phrases.register("jobs.job.started", _("A job was started"))
audit.phrases.register("jobs.job.claim", _("The job began to run"))
audit.phrases.register("jobs.job.requeue", _("The job is taken up again after an interruption"))
audit.phrases.register("jobs.job.finish", _("The job has finished"))
audit.phrases.register("jobs.job.fail", _("The job has failed"))
audit.phrases.register("jobs.job.cancel", _("The job was cancelled"))
audit.phrases.register(
    "jobs.importbatch.show", _("The file was checked; rows without errors: {valid}, with errors: {wrong}")
)
audit.phrases.register("jobs.importbatch.refuse", _("The file was refused"))
audit.phrases.register("jobs.importbatch.discard", _("The import was discarded"))
audit.phrases.register(
    "jobs.importbatch.confirm",
    ngettext("The import of {valid} row was confirmed", "The import of {valid} rows was confirmed", "valid"),
)
audit.phrases.register(
    "jobs.importbatch.complete", ngettext("{written} row was imported", "{written} rows were imported", "written")
)
audit.phrases.register("jobs.importbatch.undo", _("Undoing the import was started"))
audit.phrases.register(
    "jobs.importbatch.take_back", _("The import was undone; rows taken back: {undone}, in use and kept: {kept}")
)
