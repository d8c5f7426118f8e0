"""A piece of work in the background, with its progress."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.refs import Ref
from foundation.jobs.lifecycle import JOB


class Job(Stateful, Stamped):
    """Claimed by one worker at a time: `claim` is that worker's mark, `heartbeat_at` its sign of life.

    `message` is a sentence in English that is translated when shown; `facts` fills its places.
    """

    LIFECYCLE = JOB

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    params = models.JSONField(default=dict, blank=True)
    organization_id = models.BigIntegerField(null=True, db_index=True)
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    result = models.FileField(upload_to="jobs/%Y/%m/", max_length=200, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    started_at = AwareDateTimeField(null=True)
    heartbeat_at = AwareDateTimeField(null=True)
    finished_at = AwareDateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="jobs_open",
                         condition=models.Q(state__in=["queued", "running"])),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page with the progress."""
        return reverse("jobs:detail", args=[self.pk])

    @property
    def subject(self) -> Ref | None:
        """What the job works on."""
        return Ref(self.subject_kind, self.subject_id) if self.subject_id else None

    @property
    def percent(self) -> int:
        """0 to 100; a finished job is 100."""
        if self.state == "done":
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def is_open(self) -> bool:
        """Waits or runs."""
        return self.state not in {str(state) for state in JOB.final}

    @property
    def rows_per_second(self) -> int:
        """Speed from the start to the end, or to the last sign of life."""
        until = self.finished_at or self.heartbeat_at
        if not (self.started_at and until and self.done):
            return 0
        return int(self.done / max((until - self.started_at) / timedelta(seconds=1), 0.1))
