"""Jobs: claimed once, taken up again after their worker died, cancelled, and drafts that are never lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from foundation.core import handlers
from foundation.core.actors import Actor
from foundation.core.errors import NotAllowed
from foundation.jobs import drafts, services
from foundation.jobs.drafts import DraftStale
from foundation.jobs.models import Job
from foundation.jobs.progress import JobLost, Progress
from foundation.jobs.services import JobOver

ANNA = Actor(user_id=1, organization_id=10, role="ip_manager")
OTHER = Actor(user_id=2, organization_id=20, role="ip_manager")


@pytest.fixture
def work(monkeypatch):
    """Lets a test say what the job of the kind "tests.job" does."""

    def install(func):
        monkeypatch.setitem(handlers._owners, "job.run:tests.job", func)

    return install


def started() -> Job:
    return services.start(kind="tests.job", actor=ANNA, total=4)


def test_a_job_runs_to_its_end_and_shows_its_progress(db, work):
    def two_chunks(job, progress):
        progress.step(2)
        progress.step(2)
        progress.result("answer.txt", b"42")

    work(two_chunks)
    job = services.run(started().pk)
    assert (job.state, job.done, job.percent, job.result.read()) == ("done", 4, 100, b"42")


def test_a_job_that_has_ended_does_not_run_again(db, work):
    runs = []
    work(lambda job, progress: runs.append(job.pk))
    job = started()
    services.run(job.pk)
    assert (services.run(job.pk), len(runs)) == (None, 1)


def test_an_error_fails_the_job_with_a_sentence(db, work):
    def fail(job, progress):
        raise ZeroDivisionError

    work(fail)
    job = services.run(started().pk)
    assert (job.state, job.message) == ("failed", "An unexpected error stopped the job. Nothing half-done was kept.")


def test_a_lost_job_is_taken_up_again_and_its_old_worker_may_write_nothing_more(db, work):
    job = started()
    old = Progress(services._claim(job.pk))
    later = old.job.heartbeat_at + services.HEARTBEAT_LOST_AFTER + timedelta(seconds=1)
    assert services.take_up_lost(now=later) == [job.pk]
    with pytest.raises(JobLost), transaction.atomic():
        old.step(1)
    work(lambda job, progress: progress.step(4))
    assert services.run(job.pk).state == "done"


def test_a_job_that_shows_signs_of_life_is_left_alone(db):
    job = services._claim(started().pk)
    assert services.take_up_lost(now=job.heartbeat_at + timedelta(seconds=5)) == []


def test_a_job_that_dies_too_often_is_given_up(db):
    job = started()
    for _attempt in range(services.MOST_ATTEMPTS):
        claimed = services._claim(job.pk)
        services.take_up_lost(now=claimed.heartbeat_at + timedelta(minutes=5))
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_cancelled_job_stops_at_the_next_chunk(db, work):
    def cancelled_midway(job, progress):
        progress.step(1)
        services.cancel(job=job, actor=ANNA)
        progress.step(1)
        raise AssertionError("must not be reached")

    work(cancelled_midway)
    job = services.run(started().pk)
    assert (job.state, job.done) == ("cancelled", 1)
    with pytest.raises(JobOver):
        services.cancel(job=job, actor=ANNA)


def test_another_organization_may_not_cancel(db):
    with pytest.raises(NotAllowed):
        services.cancel(job=started(), actor=OTHER)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_gets_the_job():
    job, claimed, both = started(), [], threading.Barrier(2)

    def claim():
        both.wait()
        claimed.append(services._claim(job.pk))
        connection.close()

    threads = [threading.Thread(target=claim) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got is None for got in claimed) == [False, True]


def test_a_stale_draft_is_not_written_over_the_newer_one(db):
    draft = drafts.open_draft(organization_id=10, kind="tests.thing", key="1")
    drafts.save(draft=draft, data={"a": 1}, version=0, actor=ANNA)
    with pytest.raises(DraftStale) as stale:
        drafts.save(draft=draft, data={"a": 2}, version=0, actor=ANNA)
    assert (stale.value.draft.data, stale.value.draft.version) == ({"a": 1}, 1)


def test_opening_a_draft_twice_gives_the_same_one(db):
    first, second = (drafts.open_draft(organization_id=10, kind="tests.thing", key="1") for _time in range(2))
    assert first == second
