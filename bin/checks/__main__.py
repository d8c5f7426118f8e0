"""Runs the table of checks, two at a time, and prints what failed."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
SOURCES = ["."]


@dataclass(frozen=True)
class Check:
    """One line of the table. ``files``: takes the changed files; ``quick``: also part of --changed."""

    name: str
    command: list[str]
    files: bool = False
    quick: bool = True


MANAGE = [PYTHON, "manage.py"]
CHECKS = [
    Check("format", [str(BIN / "ruff"), "format", "--check", "--output-format", "concise"], files=True),
    Check("ruff", [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise"], files=True),
    Check("house", [PYTHON, "-m", "bin.checks.house"], files=True),
    Check("imports", [str(BIN / "lint-imports"), "--config", ".importlinter"]),
    Check("system", [*MANAGE, "check"]),
    Check("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Check("docs", [*MANAGE, "write_docs", "--check"]),
    Check("translations", ["bin/messages", "--check"]),
    Check(
        "types",
        [str(BIN / "mypy"), "--no-error-summary", "--follow-imports=silent", "foundation/core", "foundation/audit"],
        quick=False,
    ),
]


def changed_files() -> list[str]:
    """The Python files that differ from the last commit, untracked ones included."""
    listed = subprocess.run(
        ["git", "ls-files", "-m", "-o", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in dict.fromkeys(listed.stdout.split()) if (ROOT / name).exists()]


def run(check: Check, files: list[str] | None) -> tuple[Check, int, str, float]:
    """Run one check; files None means everything."""
    started = time.monotonic()
    command = list(check.command)
    if check.files:
        if files == []:
            return check, 0, "", 0.0
        command += files or SOURCES
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "marketplace.settings.test", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    return check, done.returncode, (done.stdout + done.stderr).strip(), time.monotonic() - started


def main() -> int:
    """Run the chosen checks; 1 if any failed."""
    parser = argparse.ArgumentParser(prog="bin/check", description=__doc__)
    parser.add_argument("--changed", action="store_true", help="changed files only, and the quick checks")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(check.name for check in CHECKS)}")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - {check.name for check in CHECKS}:
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    checks = [check for check in CHECKS if check.name in chosen.names or not chosen.names]
    if chosen.changed:
        checks = [check for check in checks if check.quick]
    files = changed_files() if chosen.changed else None
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for check, code, output, seconds in pool.map(lambda check: run(check, files), checks):
            sys.stdout.write(f"{'ok    ' if code == 0 else 'FAILED'} {check.name} ({seconds:.1f} s)\n")
            if code:
                failed.append(check.name)
                sys.stdout.write(f"{output}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
