"""Pins in constraints.txt whatever the requirements bring along: `.venv/bin/python -m local.lock`."""

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
CONSTRAINTS = REPOSITORY / "constraints.txt"
HEAD = "# Everything that requirements.txt and requirements-dev.txt bring along. Made by: python -m local.lock\n"


def main() -> None:
    """Resolve from what is installable today; pins stay where nothing asks for another version."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "pip", "compile", "-q", "requirements-dev.txt", "--no-annotate", "--no-header"]
    found = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    pins = sorted(re.sub(r"\[[a-z,-]*\]", "", line) for line in found.splitlines() if re.match(r"[a-zA-Z]", line))
    CONSTRAINTS.write_text(HEAD + "\n".join(pins) + "\n")


if __name__ == "__main__":
    main()
