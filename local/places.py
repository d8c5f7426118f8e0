"""Where the embedded servers keep their data, and as whom they run.

PostgreSQL refuses to run as root. As root we drop to the user `postgres`, else `nobody`; that user must be able to
reach the data and the program. Below a closed folder (a clone in root's home) it cannot, so both then live
below /var/lib/kaixu.
"""

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OPEN_PLACE = Path("/var/lib/kaixu")


@dataclass(frozen=True)
class Account:
    """Whom a server runs as; `drop` holds the arguments that make subprocess change to that user."""

    uid: int
    gid: int

    @property
    def drop(self) -> dict:
        """Arguments for subprocess; none where we already are that user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account() -> Account:
    """The unprivileged user the servers run as."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise RuntimeError("There is neither a user postgres nor a user nobody to run PostgreSQL as.")


def reachable(path: Path, who: Account) -> bool:
    """True where `who` may enter every folder above `path`."""
    if who.uid == os.geteuid():
        return True
    for folder in path.resolve().parents:
        if not folder.exists():
            continue
        mode, owner = folder.stat().st_mode, folder.stat().st_uid
        if not (mode & 0o001 or (owner == who.uid and mode & 0o100)):
            return False
    return True


def server_folder(data: Path, who: Account) -> Path:
    """The folder of the servers' data: inside `data`, or in the open place where `who` cannot reach that."""
    wanted = data / "servers"
    if reachable(wanted / "x", who):
        wanted.mkdir(parents=True, exist_ok=True)
        return wanted
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = OPEN_PLACE / name
    folder.mkdir(parents=True, exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    (data / "servers-are-in").write_text(f"{folder}\n")
    return folder


def own_folder(path: Path, who: Account) -> Path:
    """A private folder that belongs to `who`."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if who.uid != os.geteuid():
        os.chown(path, who.uid, who.gid)
    return path


def reachable_copy(root: Path, names: list[str], into: Path, who: Account) -> Path:
    """`root` where `who` can run what is in its folders `names`, else a copy of them below `into`, made once."""
    folders = [root / name for name in names if (root / name).exists()]
    if all(reachable(folder / "x", who) for folder in folders):
        return root
    made_from = [(str(folder), folder.stat().st_mtime_ns) for folder in folders]
    place = into / hashlib.sha256(str(made_from).encode()).hexdigest()[:12]
    if not place.exists():
        draft = into / f".copy-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        for folder in folders:
            shutil.copytree(folder, draft / folder.relative_to(root), symlinks=True)
        for inner in [draft, *(path for path in draft.rglob("*") if path.is_dir())]:
            inner.chmod(0o755)
        draft.replace(place)
    return place


def give(path: Path, who: Account) -> None:
    """Make `who` the owner of the file."""
    if who.uid != os.geteuid():
        os.chown(path, who.uid, who.gid)


def package(name: str) -> Path:
    """The folder of an installed package, without running its code."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {name} is not installed; run bin/dev or bin/test.")
    return Path(spec.origin).parent
