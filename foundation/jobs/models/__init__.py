"""Jobs, imports and drafts. People and organizations only as ids."""

from foundation.jobs.models.drafts import Draft
from foundation.jobs.models.imports import ImportBatch, ImportRow
from foundation.jobs.models.job import Job

__all__ = ["Draft", "ImportBatch", "ImportRow", "Job"]
