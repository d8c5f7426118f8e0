"""Letting a process of the site die by SIGKILL at a named step, and seeing that the rest is done without hands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from foundation.core.clock import machine_now
from foundation.jobs.models import Job
from foundation.jobs.services import HEARTBEAT_LOST_AFTER
from tests.harness import Site, eventually

BACK = 60  # seconds after which everything has to be done without hands
PATIENCE = 120  # until the step is reached: some are looked for once a minute


def restart(site: Site, name: str, crash_at: str = "") -> None:
    """Kill a process and start it again, to die at a step if one is named."""
    site.kill(name)
    site.start(name, CRASH_AT=crash_at)


def children(pid: int) -> set[int]:
    """The processes that a process started and that still live."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(one) for one in path.read_text().split()} if path.exists() else set()


def let_die(site: Site, name: str, step: str, act: Callable[[], Any]) -> None:
    """Start a process again, do ``act``, and wait until it (or a child of the worker's) has died at the step."""
    restart(site, name, step)
    pid = site.children[name].process.pid
    if name == "worker":
        before = eventually(lambda: len(children(pid)) >= 2 and children(pid), seconds=BACK, what="the worker's pool")
        act()
        eventually(lambda: before - children(pid), seconds=PATIENCE, what=f"a worker dies at {step}")
    else:
        eventually(site.health, seconds=BACK, what="the web answers")
        act()
        eventually(lambda: site.children[name].process.poll() is not None, seconds=PATIENCE, what=f"death at {step}")


def forget_heartbeats() -> None:
    """Let half a minute pass for the jobs under way: whoever did them counts as dead at once."""
    Job.objects.filter(state="running").update(heartbeat_at=machine_now() - 2 * HEARTBEAT_LOST_AFTER)


def recovers(site: Site, name: str, done: Callable[[], Any], what: str, *, at_once: bool = False) -> float:
    """Start the process without a trap; the seconds until everything is done, at most `BACK`.

    ``at_once`` spares the wait until a job counts as lost.
    """
    begun = machine_now()
    if at_once:
        forget_heartbeats()
    restart(site, name)
    eventually(done, seconds=BACK, what=what)
    return (machine_now() - begun).total_seconds()
