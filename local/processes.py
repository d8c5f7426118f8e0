"""Processes by the folder they work in (Linux)."""

from pathlib import Path


def is_zombie(pid: int) -> bool:
    """True for a process that ended and was not yet collected, and for none at all."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in {"Z", "X"}


def working_in(folder: Path) -> set[int]:
    """The living processes whose working directory is `folder`."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            inside = (entry / "cwd").readlink() == folder.resolve()
        except OSError:
            continue
        if inside and not is_zombie(int(entry.name)):
            found.add(int(entry.name))
    return found
