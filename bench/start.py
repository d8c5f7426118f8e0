"""P12: from `bin/dev` to `ready`, warm (the second start) and cold (a fresh clone, everything fetched)."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench import report
from local import ports

ID = "P12"
REPOSITORY = Path(__file__).resolve().parents[1]
WARM_LIMIT, COLD_LIMIT = 6.0, 90.0  # seconds
ROUNDS = 5
PATIENCE = 300


def start(clone: Path) -> float:
    """Seconds from the command to the line `ready`; everything is stopped again."""
    begun = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KAIXU_", "DJANGO_"))}
    process = subprocess.Popen(
        [str(clone / "bin" / "dev"), "--port", str(ports.free())],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output: list[str] = []
    try:
        for line in process.stdout or ():
            output.append(line)
            if line.startswith("ready "):
                return time.monotonic() - begun
            if time.monotonic() - begun > PATIENCE:
                break
        raise RuntimeError("bin/dev did not get ready:\n" + "".join(output[-40:]))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def measure(rows: int | None) -> list[report.Figure]:
    """Both figures; `rows` is not used."""
    place = Path(tempfile.mkdtemp(prefix="kaixu-start-", dir="/var/tmp"))
    place.chmod(0o755)
    clone = place / "kaixu"
    try:
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(REPOSITORY), str(clone)], check=True)
        cold = start(clone)
        warm = [start(clone) for _ in range(ROUNDS)]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    middle, slow = report.median(warm), report.percentile(warm, 0.95)
    return [
        report.Figure(ID, "start, cold", round(cold, 2), "s", f"<= {COLD_LIMIT:.0f} s", cold <= COLD_LIMIT, 1),
        report.Figure(
            ID,
            "start, warm",
            round(middle, 2),
            "s",
            f"<= {WARM_LIMIT:.0f} s",
            middle <= WARM_LIMIT,
            ROUNDS,
            p50_ms=round(middle * 1000, 1),
            p95_ms=round(slow * 1000, 1),
        ),
    ]
