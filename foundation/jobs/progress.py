"""How a running job shows its progress, proves that it is still its own, and hands over its result."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from foundation.core.clock import machine_now
from foundation.jobs.models import Job


class JobLost(Exception):
    """Another worker took the job over: whatever was not committed is dropped."""


class JobCancelled(Exception):
    """Somebody cancelled the job: whatever was not committed is dropped."""


class Progress:
    """Handed to the job's function. Call `step` inside the transaction of each chunk."""

    def __init__(self, job: Job):
        self.job = job

    def _write(self, **changed: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, claim=self.job.claim, state="running")
        if not mine.update(heartbeat_at=machine_now(), **changed):
            state = Job.objects.values_list("state", flat=True).get(pk=self.job.pk)
            raise JobCancelled() if state == "cancelled" else JobLost()
        for name, value in changed.items():
            setattr(self.job, name, value)

    def step(self, rows: int = 0, *, message: str = "", facts: Mapping[str, Any] | None = None) -> None:
        """So many more rows are done. Raises JobCancelled or JobLost, which undo the chunk."""
        changed: dict[str, Any] = {"done": self.job.done + rows}
        if message:
            changed |= {"message": message, "facts": dict(facts or {})}
        self._write(**changed)

    def restart(self, total: int, done: int = 0) -> None:
        """There are so many rows, and so many of them were done before."""
        self._write(total=total, done=done)

    @transaction.atomic
    def result(self, name: str, content: bytes) -> None:
        """Keep a file that the page offers for download."""
        self.job.result.save(f"job-{self.job.pk}", ContentFile(content), save=False)
        self._write(result=self.job.result.name, result_name=name)
