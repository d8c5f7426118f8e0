"""Starting, running and cancelling jobs. A job is claimed by a row, so that no two workers run it.

Heartbeats are taken from the machine's clock: they say whether a process lives, whatever day is rehearsed.
"""

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import audit
from foundation.core import handlers
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.clock import machine_now
from foundation.core.errors import DomainError, NotPossibleNow, StateChanged
from foundation.core.marks import _ as mark
from foundation.core.refs import Ref
from foundation.jobs.models import Job
from foundation.jobs.progress import JobCancelled, JobLost, Progress
from foundation.jobs.wording import source

HEARTBEAT_LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5
log = logging.getLogger(__name__)


class JobOver(DomainError):
    """The job has ended and cannot be cancelled."""

    code = "job_over"
    message = _("This job has already ended.")


@transaction.atomic
def start(
    *, kind: str, actor: Any, subject: Any = None, params: Mapping[str, Any] | None = None, total: int = 0
) -> Job:
    """Put a job into the queue; it runs after the commit. `kind` has one owner, registered as "job.run:<kind>"."""
    ref = Ref.of(subject) if subject is not None else None
    job = Job.objects.create(
        kind=kind,
        subject_kind=ref.kind if ref else "",
        subject_id=ref.id if ref else None,
        params=dict(params or {}),
        organization_id=actor.organization_id,
        user_id=actor.user_id,
        role=actor.role,
        total=total,
    )
    audit.record("jobs.job.started", subject=job, actor=actor, data={"kind": kind}, parties=_parties(job))
    return job


def run(job_id: int) -> Job | None:
    """Claim the job and do its work to the end, or do nothing where somebody else has it. Never raises the job's errors.

    A job that died is taken up again; its handler finds by its rows what is left to do.
    """  # noqa: E501
    job = _claim(job_id)
    if job is None:
        return None
    progress = Progress(job)
    try:
        handlers.call(f"job.run:{job.kind}", job=job, progress=progress)
        _end(job, "finish")
    except (JobLost, JobCancelled):
        log.info("job %s was taken or cancelled", job.pk)
    except DomainError as error:
        _end(job, "fail", message=source(error.message), facts=error.extra)
    except Exception:
        log.exception("job %s failed", job.pk)
        _end(job, "fail", message=mark("An unexpected error stopped the job. Nothing half-done was kept."))
    job.refresh_from_db()
    return job


def _claim(job_id: int) -> Job | None:
    now = machine_now()
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, state="queued").first()
        if job is None:
            return None
        try:
            return audit.advance(
                job,
                "claim",
                actor=SYSTEM,
                parties=_parties(job),
                set={
                    "claim": secrets.token_hex(16),
                    "attempts": job.attempts + 1,
                    "started_at": job.started_at or now,
                    "heartbeat_at": now,
                },
            )
        except (NotPossibleNow, StateChanged):
            return None


def _end(job: Job, move: str, message: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Note the end, unless the job is not ours any more."""
    now = machine_now()
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, claim=job.claim, state="running").first()
        if mine is None:
            return
        changed = {"finished_at": now, "heartbeat_at": now}
        if message:
            changed |= {"message": message[:300], "facts": {key: str(value) for key, value in (facts or {}).items()}}
        audit.advance(mine, move, actor=SYSTEM, parties=_parties(mine), set=changed)


@transaction.atomic
def cancel(*, job: Job, actor: Any) -> Job:
    """Stop a job at the next chunk; what was finished before stays. Raises JobOver, NotAllowed."""
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if not locked.permits("cancel"):
        raise JobOver()
    return audit.advance(locked, "cancel", actor=actor, parties=_parties(locked), set={"finished_at": machine_now()})


def take_up_lost(now: datetime | None = None) -> list[int]:
    """Put jobs whose worker died back into the queue, give up on those that died too often; ids of all that wait."""
    now = now or machine_now()
    stale = Job.objects.filter(state="running", heartbeat_at__lt=now - HEARTBEAT_LOST_AFTER)
    for job_id in list(stale.values_list("pk", flat=True)):
        with transaction.atomic():
            job = Job.objects.select_for_update(skip_locked=True).filter(pk=job_id, state="running").first()
            if job is None or job.heartbeat_at >= now - HEARTBEAT_LOST_AFTER:
                continue
            if job.attempts >= MOST_ATTEMPTS:
                gave_up = mark("The job was interrupted too often and has been given up.")
                audit.advance(
                    job, "fail", actor=CLOCK, parties=_parties(job), set={"finished_at": now, "message": gave_up}
                )
            else:
                audit.advance(job, "requeue", actor=CLOCK, parties=_parties(job), set={"claim": ""})
    return list(Job.objects.filter(state="queued").order_by("pk").values_list("pk", flat=True)[:100])


def _parties(job: Job) -> list[int]:
    return [job.organization_id] if job.organization_id else []
