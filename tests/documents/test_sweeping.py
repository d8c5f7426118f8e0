"""Files that no row names are deleted after a day; everything else stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from foundation.core.clock import machine_now
from foundation.documents import services, sweeping
from foundation.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(name="proof.pdf"):
    return services.store(name=name, content=b"%PDF-1.7", content_type="application/pdf", owner_id=None)


def killed_before_its_commit(name="lost.pdf") -> str:
    """The path of what a process wrote and never committed."""
    mark = transaction.savepoint()
    path = stored(name).content.path
    transaction.savepoint_rollback(mark)
    return path


def aged(path: str, **age) -> str:
    """The path, its file made older."""
    moment = (machine_now() - timedelta(**age)).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_only_old_files_without_a_row_are_deleted():
    known = aged(stored().content.path, days=30)
    job = Job.objects.create(kind="tests.sweep")
    job.result.save("result.csv", ContentFile(b"a,b\n"))
    result = aged(job.result.path, days=30)
    orphan = aged(killed_before_its_commit(), days=1, seconds=5)
    young = aged(killed_before_its_commit("young.pdf"), hours=23)
    assert sweeping.forget_orphans(now=machine_now()) == 1
    assert [Path(path).exists() for path in (known, result, orphan, young)] == [True, True, False, True]
    assert sweeping.forget_orphans(now=machine_now()) == 0


def test_what_lies_outside_the_folders_of_our_models_is_left_alone(media):
    foreign = media / "backups" / "yesterday.tar"
    foreign.parent.mkdir()
    foreign.write_bytes(b"x")
    aged(str(foreign), days=400)
    assert sweeping.forget_orphans(now=machine_now()) == 0
    assert foreign.exists()


def test_too_many_at_once_means_that_rows_are_missing_and_nothing_is_deleted(monkeypatch, caplog):
    monkeypatch.setattr(sweeping, "MOST", 1)
    paths = [aged(killed_before_its_commit(f"{n}.pdf"), days=2) for n in range(2)]
    assert sweeping.forget_orphans(now=machine_now()) == 0
    assert all(Path(path).exists() for path in paths)
    assert "2 stored files have no row" in caplog.text
