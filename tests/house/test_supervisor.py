"""The supervisor of bin/dev: everything stops together, nobody is left behind, what dies comes back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from local import processes

PROGRAM = """
import sys, time
from local import supervisor
folder = sys.argv[1]
nested = "import subprocess, sys, time; subprocess.Popen(['sleep', '300']); time.sleep(300)"
stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(300)"
supervisor.GRACE = 1
watched = supervisor.Supervisor()
watched.listen()
import os
for name, code in [("nested", nested), ("stubborn", stubborn)]:
    watched.add(supervisor.Child(name, [sys.executable, "-c", code], dict(os.environ), cwd=folder))
print("started", flush=True)
try:
    watched.run(lambda: None, pause=0.05)
finally:
    watched.stop()
"""


@pytest.fixture
def supervised(tmp_path: Path) -> subprocess.Popen:
    """A supervisor whose children work in `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "started\n"
    wait_for(tmp_path, 3)
    return process


def wait_for(folder: Path, number: int) -> set[int]:
    """Until `number` processes work in the folder."""
    deadline = time.monotonic() + 15
    while len(found := processes.working_in(folder)) != number:
        assert time.monotonic() < deadline, f"{len(found)} processes instead of {number}"
        time.sleep(0.02)
    return found


def named(folder: Path, start: bytes) -> set[int]:
    """The one process there whose program says so; a child that was just made still has its parent's name."""
    deadline = time.monotonic() + 15
    while True:
        commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in processes.working_in(folder)}
        found = {pid for pid, said in commands.items() if said.startswith(start)}
        if len(found) == 1:
            return found
        assert time.monotonic() < deadline, commands
        time.sleep(0.02)


def ignoring(folder: Path) -> set[int]:
    """The one process there that ignores SIGTERM by now."""
    deadline = time.monotonic() + 15
    while True:
        masks = {pid: Path(f"/proc/{pid}/status").read_text() for pid in processes.working_in(folder)}
        found = {
            pid
            for pid, said in masks.items()
            if int(said.partition("SigIgn:")[2].split()[0], 16) >> (signal.SIGTERM - 1) & 1
        }
        if len(found) == 1:
            return found
        assert time.monotonic() < deadline, masks
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_children_grandchildren_and_the_stubborn(
    supervised: subprocess.Popen, tmp_path: Path, number: int
) -> None:
    supervised.send_signal(number)
    assert supervised.wait(20) == 0
    wait_for(tmp_path, 0)


def test_a_child_that_is_killed_is_started_again(supervised: subprocess.Popen, tmp_path: Path) -> None:
    before = processes.working_in(tmp_path)
    victim = max(before, key=lambda pid: Path(f"/proc/{pid}/cmdline").read_bytes().count(b"SIG_IGN"))
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not (processes.working_in(tmp_path) - before):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    supervised.terminate()
    assert supervised.wait(20) == 0
    wait_for(tmp_path, 0)


def test_children_are_told_when_the_supervisor_is_killed(supervised: subprocess.Popen, tmp_path: Path) -> None:
    stubborn, sleeper = ignoring(tmp_path), named(tmp_path, b"sleep")
    supervised.kill()
    supervised.wait(10)
    assert wait_for(tmp_path, 2) == stubborn | sleeper  # the one that listens has ended
    for pid in stubborn | sleeper:
        os.kill(pid, signal.SIGKILL)
