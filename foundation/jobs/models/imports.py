"""An uploaded table: what was read, what is wrong in it, what became of every row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.core.models import Stamped, Stateful
from foundation.jobs.lifecycle import IMPORT
from foundation.jobs.models.job import Job


class ImportBatch(Stateful, Stamped):
    """One file. The preview and the confirmation are bound to the same bytes by `sha256`."""

    LIFECYCLE = IMPORT

    kind = models.CharField(max_length=40)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="batches")
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=200)
    original_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=40, blank=True)
    options = models.JSONField(default=dict, blank=True)
    organization_id = models.BigIntegerField(db_index=True)
    user_id = models.BigIntegerField()
    message = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_valid = models.PositiveIntegerField(default=0)
    rows_foreign = models.PositiveIntegerField(default=0)
    rows_wrong = models.PositiveIntegerField(default=0)
    rows_written = models.PositiveIntegerField(default=0)
    rows_undone = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.original_name


class ImportRow(models.Model):
    """One line of the file. `errors` is a list of {cell, column, reason, facts}; the reason is translated when shown."""  # noqa: E501

    class Decision(models.TextChoices):
        """What becomes of the row."""

        VALID = "valid", _("Will be imported")
        FOREIGN = "foreign", _("Names another patentee")
        WRONG = "wrong", _("Has errors")
        WRITTEN = "written", _("Imported")
        KEPT = "kept", _("In use, not undone")
        UNDONE = "undone", _("Undone")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    key = models.CharField(max_length=40, blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="jobs_row_once")]
        indexes = [models.Index(fields=["batch", "decision", "line"], name="jobs_rows_by_decision")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"
