"""The worker is killed in the middle of an import, at every marked step: it finishes after that, no row twice."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from foundation.jobs import services as jobs
from patents import services
from patents.models import LegalEvent, Ownership, Patent
from tests.factories.accounts import UniversityFactory, member
from tests.patents.portfolio import as_csv, row, upload

RUN = "import sys, django; django.setup(); from foundation.jobs import services; services.run(int(sys.argv[1]))"
ROWS = 450  # three chunks of the second job


def run_elsewhere(job_id: int, crash_at: str = "") -> int:
    """Run the job in a process of its own; its exit code."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "KAIXU_TEST_DATABASE": settings.KAIXU_TEST_DATABASE,
        "CRASH_AT": crash_at,
    }
    command = [sys.executable, "-c", RUN, str(job_id)]
    return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, check=False, timeout=120).returncode


def survive(batch, crash_at: str) -> None:
    """The worker dies at the step, the scanner finds the job, another worker ends it."""
    batch.refresh_from_db()
    assert run_elsewhere(batch.job_id, crash_at) == -signal.SIGKILL
    batch.job.refresh_from_db()
    assert batch.job.state == "running"
    later = batch.job.heartbeat_at + 2 * jobs.HEARTBEAT_LOST_AFTER
    assert jobs.take_up_lost(now=later) == [batch.job_id]
    assert run_elsewhere(batch.job_id) == 0
    batch.refresh_from_db()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["import-chunk-inserted", "import-chunk-written"])
def test_an_import_whose_worker_is_killed_finishes_without_a_row_twice(step):
    keeper = member("ip_manager", organization=UniversityFactory())
    batch = services.start_import(upload=upload(as_csv([row(number) for number in range(1, ROWS + 1)])), actor=keeper)
    survive(batch, "import-check-chunk" if step == "import-chunk-inserted" else "import-checked")
    assert (batch.state, batch.rows_valid, batch.rows_total) == ("preview", ROWS, ROWS)
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper)
    survive(batch, step)
    assert (batch.state, batch.rows_written) == ("imported", ROWS)
    assert (Patent.objects.count(), Ownership.objects.count(), LegalEvent.objects.count()) == (ROWS, ROWS, 2 * ROWS)
    services.undo_import(batch=batch, actor=keeper)
    survive(batch, "import-undo-chunk")
    assert (batch.state, batch.rows_undone, Patent.objects.count()) == ("undone", ROWS, 0)
