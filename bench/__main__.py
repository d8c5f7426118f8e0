"""`bin/bench NAME [--rows N] [--json]`; `bin/bench all` writes docs/benchmarks.md."""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from bench import report

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
NOT_BENCHMARKS = {"__init__", "__main__", "report"}


def names() -> list[str]:
    """Every benchmark's name."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def arguments() -> argparse.Namespace:
    """NAME or all, `--rows N`, `--json`."""
    parser = argparse.ArgumentParser(prog="bin/bench")
    parser.add_argument("name", choices=[*names(), "all"])
    parser.add_argument("--rows", type=int, default=None, help="how many rows to measure with")
    parser.add_argument("--json", action="store_true", help="print a list of objects instead of a table")
    return parser.parse_args()


def page(figures: list[report.Figure]) -> str:
    """docs/benchmarks.md."""
    where = f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"# Benchmarks\n\nWritten by `bin/bench all`. {where}.\n\n{report.as_table(figures)}\n"


def alone(name: str, rows: int | None) -> list[report.Figure]:
    """One benchmark in a process of its own: they want different settings. Fails where it prints no figures."""
    more = [] if rows is None else ["--rows", str(rows)]
    command = [sys.executable, "-m", "bench", name, "--json", *more]
    ran = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, check=False)
    return [report.Figure(**figure) for figure in json.loads(ran.stdout)]


def main() -> int:
    """0 where every goal is met."""
    wanted = arguments()
    figures: list[report.Figure] = []
    if wanted.name == "all":
        for name in names():
            print(f"measuring {name}", file=sys.stderr, flush=True)
            figures += alone(name, wanted.rows)
    else:
        figures = importlib.import_module(f"bench.{wanted.name}").measure(wanted.rows)
    print(report.as_json(figures) if wanted.json else report.as_table(figures))
    if wanted.name == "all":
        PAGE.write_text(page(figures))
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
