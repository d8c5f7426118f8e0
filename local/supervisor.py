"""Keeps a few processes running and ends them together.

SIGINT, SIGTERM and SIGHUP stop everything. A child whose supervisor dies, however it dies, is told by the kernel.
A child that dies is started again.
"""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
GRACE = 8  # seconds a child has to end by itself
RESTARTS = 5  # in a row, each after less than QUICK seconds
QUICK = 10
LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Runs in the child, before its program: end when the supervisor ends."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:  # it ended while we were being born
            os._exit(1)


def raise_file_limit() -> None:
    """As many open files as the machine allows: each watcher of a live page holds one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@dataclass
class Child:
    """One program; `once` for one that may end by itself."""

    name: str
    command: list[str]
    environment: dict[str, str]
    once: bool = False
    cwd: str | None = None
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor only."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one thread only
        )

    def ask_to_end(self) -> None:
        """Tell the child; what it started is its own affair for now (a worker finishes its tasks)."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def signal_all(self, number: int) -> None:
        """Send a signal to the child and whatever it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def restart_if_dead(self) -> None:
        """Start it again where it has ended; `RuntimeError` where that does not help."""
        if self.process is None or self.process.poll() is None or (self.once and self.process.returncode == 0):
            return
        code, lived = self.process.returncode, time.monotonic() - self.started
        self.failures = self.failures + 1 if lived < QUICK else 1
        self.signal_all(signal.SIGKILL)
        if self.failures > RESTARTS or (self.once and self.failures > 1):
            raise RuntimeError(f"{self.name} ends again and again (code {code}).")
        print(f"- {self.name} ended (code {code}); starting it again", flush=True)
        time.sleep(min(self.failures - 1, 3))
        self.start()


@dataclass
class Supervisor:
    """Runs children until it is told to stop."""

    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def listen(self) -> None:
        """From now on, signals stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Ask the loop to end."""
        self.stopping = True

    def add(self, child: Child) -> None:
        """Start one more."""
        child.start()
        self.children.append(child)

    def run(self, between: Callable[[], None], pause: float = 0.5) -> None:
        """Watch the children until a signal comes; `between` runs every round."""
        while not self.stopping:
            for child in self.children:
                child.restart_if_dead()
            between()
            time.sleep(pause)

    def stop(self) -> None:
        """End all children: politely, then not. Nobody is left behind."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    print(f"- {child.name} does not end; killing it", flush=True)
            child.signal_all(signal.SIGKILL)
