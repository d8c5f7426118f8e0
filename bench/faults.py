"""kill -9 at every named step of payouts, distributions and statement imports: seconds until all is done again.

Runs tests/faults/test_killed_settlement.py with all its steps, in a database of its own.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from bench import report

ID, LIMIT = "faults", 60.0  # seconds
REPOSITORY = Path(__file__).resolve().parents[1]
TEST = "tests/faults/test_killed_settlement.py"
NOT_HERE = ("KAIXU_", "DJANGO_")
KEPT = ("KAIXU_DATA_DIR", "KAIXU_TEST_NAME")


def measure(rows: int | None = None) -> list[report.Figure]:
    """One figure a step; `rows` is not used."""
    with tempfile.NamedTemporaryFile(mode="r", suffix=".jsonl") as told:
        environment = {
            name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(NOT_HERE)
        } | {"KAIXU_ALL_FAULTS": "1", "KAIXU_FAULTS_TOLD": told.name}
        done = subprocess.run([REPOSITORY / "bin" / "test", TEST, "-q"], cwd=REPOSITORY, env=environment, check=False)
        figures = [json.loads(line) for line in told.read().splitlines()]
    sound = report.Figure(ID, "every step: nothing twice, books in order", done.returncode, "faults", "0",
                          done.returncode == 0, 1)  # fmt: skip
    return [sound, *(figure(step, seconds) for step, seconds in figures)]


def figure(step: str, seconds: float) -> report.Figure:
    """How long one step took to be done again."""
    return report.Figure(ID, f"killed at {step}", seconds, "s", f"<= {LIMIT:.0f} s", seconds <= LIMIT, 1)
