"""Prepares a fresh clone: `.venv`, pinned requirements, front-end files, translations. Then runs what was asked for.

Runs before anything is installed, so it uses the standard library only. Every step leaves a stamp (a hash of what it
was made from) and is skipped while the stamp fits: the second start takes a moment.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"  # installs a hundred packages in seconds; pip is the way where it cannot be had
# name, module, what must be installed
PROGRAMS = {
    "dev": ("local.dev", "requirements.txt"),
    "test": ("local.tests", "requirements-dev.txt"),
    "check": ("bin.checks", "requirements-dev.txt"),
    "bench": ("bench", "requirements-dev.txt"),
    "messages": ("local.messages", "requirements-dev.txt"),
    "prepare": ("", "requirements-dev.txt"),
}
FRONT_END = ("package.json", "package-lock.json", "static/icons.txt", "local/front_end.py")


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"- {text}", flush=True)


def fingerprint(*names: str) -> str:
    """A hash of these files, and of the Python that reads them."""
    digest = hashlib.sha256(sys.version.encode())
    for name in names:
        path = REPOSITORY / name
        digest.update(name.encode() + (path.read_bytes() if path.exists() else b"missing"))
    return digest.hexdigest()


def step(title: str, stamp: Path, wanted: str, work: Callable[[], None]) -> None:
    """Do `work` unless the stamp says that it is done."""
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(title)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def run(*command: str | Path, check: bool = True, quiet: bool = False) -> int:
    """Run a command in the repository; leave with its message where it fails."""
    output = subprocess.DEVNULL if quiet else None
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [str(part) for part in command], cwd=REPOSITORY, check=False, stdout=output, stderr=output, env=environment
    )
    if check and done.returncode:
        sys.exit(f"This failed: {' '.join(map(str, command))}")
    return done.returncode


def make_venv() -> None:
    """`.venv` with pip and, where it can be had, uv."""
    venv.EnvBuilder(with_pip=True, clear=VENV.exists() and not PYTHON.exists()).create(VENV)
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", UV, check=False, quiet=True)


def configured(name: str) -> list[str]:
    """pip's own setting `name` (a company's mirror, say): uv does not read pip's files."""
    command = [str(PYTHON), "-m", "pip", "config", "get", f"global.{name}"]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return os.environ.get(f"PIP_{name.upper().replace('-', '_')}", "").split() or found


def install(requirements: str) -> None:
    """Install the pinned packages: with uv, else with pip."""
    uv = VENV / "bin" / "uv"
    if uv.exists():
        index = configured("index-url")
        options = ["--index-url", index[0]] if index else []
        command = [uv, "pip", "install", "-q", "--python", PYTHON, *options, "-r", requirements]
        if run(*command, check=False, quiet=True) == 0:
            return
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements)


def prepare(requirements: str) -> None:
    """Everything that both bin/dev and bin/test need."""
    if not PYTHON.exists() or not (VENV / "pyvenv.cfg").exists():
        say("making .venv")
        make_venv()
    files = ("requirements.txt", "constraints.txt", *{requirements} - {"requirements.txt"})
    step(
        f"installing {requirements}", VENV / f"{requirements}.stamp", fingerprint(*files), lambda: install(requirements)
    )
    vendor = REPOSITORY / "static" / "vendor"
    step(
        "fetching the front-end files",
        vendor / ".stamp",
        fingerprint(*FRONT_END),
        lambda: run(PYTHON, "-m", "local.front_end"),
    )
    words = sorted(str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "locale").rglob("*.po"))
    step(
        "compiling the translations",
        VENV / "translations.stamp",
        fingerprint(*words, "local/messages.py"),
        lambda: run(PYTHON, "-m", "local.messages", "compile"),
    )


def main() -> None:
    """`setup.py PROGRAM ...`: prepare what the program needs, then become it; `prepare` stops there."""
    what, arguments = sys.argv[1], sys.argv[2:]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start should not compile everything again
    os.chdir(REPOSITORY)
    module, requirements = PROGRAMS[what]
    prepare(requirements)
    if module:
        os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])  # noqa: S606


if __name__ == "__main__":
    main()
