"""Production's processes over a database of its own: gunicorn for pages and API, uvicorn for the live stream."""

import os
import shutil
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from local import ports, roles, servers, supervisor

REPOSITORY = Path(__file__).resolve().parents[2]
READY = 60.0  # seconds until the processes must answer
CELERY = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "marketplace"]
LOCAL = {"DJANGO_SETTINGS_MODULE": "marketplace.settings.local", "DEBUG": "no", "KAIXU_LOG_LEVEL": "ERROR"}


@dataclass
class Layout:
    """The site's processes, as docs/operations/running.md starts them."""

    environment: dict[str, str]
    workers: int
    application: str = "marketplace.wsgi"
    pages: int = field(default_factory=ports.free)  # ports
    live: int = field(default_factory=ports.free)
    children: dict[str, supervisor.Child] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="kaixu-layout-")))

    def __post_init__(self) -> None:
        python = sys.executable
        gunicorn = [python, "-m", "gunicorn", self.application, "--preload", "--workers", str(self.workers)]
        uvicorn = [python, "-m", "uvicorn", "marketplace.asgi:application", "--timeout-graceful-shutdown", "3"]
        celery = [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        commands = {
            "pages": [*gunicorn, "--bind", f"{ports.HOST}:{self.pages}", "--log-level", "error"],
            "live": [*uvicorn, "--host", ports.HOST, "--port", str(self.live), "--log-level", "error"],
            "jobs": [*celery, "--loglevel", "warning"],
            "beat": self.beat("first"),
            "another beat": self.beat("second"),
        }
        self.children = {
            name: supervisor.Child(name, command, self.environment, cwd=str(REPOSITORY))
            for name, command in commands.items()
        }

    def beat(self, name: str) -> list[str]:
        """One clock; each has a file of its own, as on a machine of its own."""
        return [*CELERY, "beat", "--pidfile", "", "--schedule", str(self.folder / f"beat-{self.pages}-{name}")]

    def start(self, *names: str) -> None:
        """Start the named processes and wait until those that answer HTTP do."""
        for name in names:
            self.children[name].start()
        for name in names:
            if port := {"pages": self.pages, "live": self.live}.get(name):
                wait_for(port)

    def stop(self) -> None:
        """End all of them, at once and for good."""
        for child in self.children.values():
            self.kill(child.name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self, *names: str) -> None:
        """kill -9 of the named ones, with whatever they started."""
        for child in (self.children[name] for name in names):
            if child.process is not None:
                child.signal_all(signal.SIGKILL)
                child.process.wait()
                child.process = None


def wait_for(port: int) -> None:
    """Return when somebody answers there. Raises RuntimeError after a minute."""
    deadline = time.monotonic() + READY
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{ports.HOST}:{port}/auctions/", timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nobody answers on port {port}")


@contextmanager
def production(
    addresses: servers.Addresses, database: str, *names: str, workers: int = 0, application: str = "marketplace.wsgi",
    **environment: str,
) -> Iterator[Layout]:  # fmt: skip
    """The named processes (pages, live, jobs, beat) over a database of that server; 2 x cores + 1 workers.

    ``application``: what gunicorn serves instead of the site; ``environment``: more for all processes.
    """
    own = {
        "DATABASE_URL": roles.with_database(addresses.app, database),
        "DATABASE_OWNER_URL": roles.with_database(addresses.owner, database),
        "REDIS_URL": addresses.redis,
        "KAIXU_REDIS_PREFIX": database,
    }
    made = Layout(os.environ | LOCAL | own | environment, workers or 2 * (os.cpu_count() or 1) + 1, application)
    supervisor.raise_file_limit()
    try:
        made.start(*names)
        yield made
    finally:
        made.stop()
