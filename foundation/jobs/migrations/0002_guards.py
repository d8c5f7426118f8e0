"""The database refuses unlawful changes of state of jobs and imports."""

from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from foundation.jobs.lifecycle import IMPORT, JOB


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("core", "__first__"), ("audit", "__first__")]

    operations = [InstallStateGuard("jobs.Job", JOB), InstallStateGuard("jobs.ImportBatch", IMPORT)]
