"""Faults in full: kill -9 at every named step of settlement and after the hammer, and the floor under all its faults.

Runs the scripts of tests/faults with KAIXU_ALL_FAULTS, in a database of their own: web workers killed every 1.2 s and
PostgreSQL twice under bidding clients, Redis away for a minute, no beat for ten, web clocks off, a stopped holder.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from bench import report

ID, LIMIT = "faults", 60.0  # seconds
REPOSITORY = Path(__file__).resolve().parents[1]
FILES = "killed_settlement killed_floor floor_clocks lots_end floor_without_redis"
TESTS = [f"tests/faults/test_{name}.py" for name in FILES.split()]
NOT_HERE = ("KAIXU_", "DJANGO_")
KEPT = ("KAIXU_DATA_DIR", "KAIXU_TEST_NAME")


def measure(rows: int | None = None) -> list[report.Figure]:
    """One figure a step; `rows` is not used."""
    with tempfile.NamedTemporaryFile(mode="r", suffix=".jsonl") as told:
        environment = {
            name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(NOT_HERE)
        } | {"KAIXU_ALL_FAULTS": "1", "KAIXU_FAULTS_TOLD": told.name}
        done = subprocess.run([REPOSITORY / "bin" / "test", *TESTS, "-q"], cwd=REPOSITORY, env=environment, check=False)
        figures = [json.loads(line) for line in told.read().splitlines()]
    name = "every fault: nothing lost, nothing twice, books in order"
    sound = report.Figure(ID, name, done.returncode, "faults", "0",
                          done.returncode == 0, 1)  # fmt: skip
    return [sound, *(figure(step, seconds) for step, seconds in figures)]


def figure(step: str, seconds: float) -> report.Figure:
    """How long one step took to be done again."""
    return report.Figure(
        ID, step if " " in step else f"killed at {step}", seconds, "s", f"<= {LIMIT:.0f} s", seconds <= LIMIT, 1
    )
