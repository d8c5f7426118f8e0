"""What the worker does for jobs."""

from celery import current_app, shared_task

from foundation.jobs import services

RUN = "jobs.run"


@shared_task(name=RUN)
def run(job_id: int) -> None:
    """Claim and run one job; nothing happens where another worker has it."""
    services.run(job_id)


@shared_task(name="jobs.scan")
def scan() -> int:
    """Find jobs nobody was woken for and jobs whose worker died."""
    waiting = services.take_up_lost()
    for job_id in waiting:
        current_app.send_task(RUN, [job_id], retry=False, ignore_result=True, expires=30)
    return len(waiting)
