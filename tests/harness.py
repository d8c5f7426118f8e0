"""A running site for tests: web, worker and beat as processes of their own, on this worker's database and queue.

Use the fixture `site` (`from tests.harness import site`). It needs a database whose rows are committed; what a test
makes with factories beforehand is there for the processes. `kill("worker")` is `kill -9`; `start("worker")` brings it
back.
"""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from local import dev, ports, supervisor

READY = 60  # seconds until all parts must have given a sign of life
PAUSE = 0.2
NAMES = ("web", "worker", "beat")


def eventually(ask: Callable[[], Any], *, seconds: float = 30, what: str = "") -> Any:
    """The first true answer within so many seconds; fails with the last one."""
    deadline, answer = time.monotonic() + seconds, None
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(PAUSE)
    raise AssertionError(f"after {seconds} s still not: {what or ask} (last answer: {answer!r})")


@dataclass
class Site:
    """The processes and where they answer."""

    port: int = field(default_factory=ports.free)
    environment: dict[str, str] = field(default_factory=dict)
    children: dict[str, supervisor.Child] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{ports.HOST}:{self.port}"

    def prepare(self, **environment: str) -> "Site":
        """Make the programs; nothing runs yet. ``environment`` goes to all of them (CRASH_AT, for example)."""
        Path(settings.CELERY_BEAT_SCHEDULE_FILENAME).parent.mkdir(parents=True, exist_ok=True)
        own = {
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
            "KAIXU_TEST_DATABASE": settings.KAIXU_TEST_DATABASE,
            "KAIXU_DATA_DIR": str(settings.DATA_DIR),
            "KAIXU_PUBLIC_URL": self.url,
            "KAIXU_SANDBOX_BANK_URL": self.url,
            "KAIXU_TEST_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        }
        Path(settings.CELERY_BEAT_SCHEDULE_FILENAME).parent.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | settings.SERVERS.environment() | own | environment
        made = dev.programs(self.environment, self.port)
        self.children = {child.name: child for child in made}
        return self

    def start(self, *names: str, **environment: str) -> None:
        """Start the named parts (all without a name), with more in their environment if given."""
        for name in names or NAMES:
            child = self.children[name]
            child.environment = child.environment | environment
            child.start()

    def kill(self, name: str) -> None:
        """kill -9, with whatever it started."""
        self._end(name, signal.SIGKILL)

    def stop(self, *names: str) -> None:
        """End the named parts (all without a name): politely, then not."""
        for name in names or reversed(NAMES):
            self._end(name, signal.SIGTERM)

    def destroy(self) -> None:
        """kill -9 of everything at once: its database is dropped next, nobody waits for a polite end."""
        for name in reversed(NAMES):
            self.kill(name)

    def _end(self, name: str, number: int) -> None:
        child = self.children.get(name)
        if child is None or child.process is None:
            return
        child.signal_all(number)
        try:
            child.process.wait(supervisor.GRACE)
        except subprocess.TimeoutExpired:
            child.signal_all(signal.SIGKILL)
            child.process.wait(supervisor.GRACE)
        child.signal_all(signal.SIGKILL)
        child.process = None

    def health(self) -> dict[str, Any]:
        """What /healthz says; empty while nobody answers."""
        request = urllib.request.Request(f"{self.url}/healthz", headers={"Accept": "application/json"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)
        except OSError:
            return {}

    def wait_until_ready(self, seconds: float = READY) -> None:
        """Return when every part is well."""
        eventually(lambda: self.health().get("ok"), seconds=seconds, what="everything is well")


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    """The whole site, running."""
    made = Site().prepare()
    try:
        made.start()
        made.wait_until_ready()
        yield made
    finally:
        made.destroy()
