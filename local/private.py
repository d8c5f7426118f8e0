"""Small private files: secrets and addresses, readable by their owner only."""

import json
import os
import secrets
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write `text` in one step, mode 0600; a reader sees the old file or the new, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    draft.replace(path)


def read_json(path: Path) -> dict | None:
    """The file's content; None where there is none."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None


def secret(folder: Path, name: str) -> str:
    """The environment's value, else a random one that is made once and kept in `folder`."""
    if os.environ.get(name):
        return os.environ[name]
    path = folder / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        write(draft, secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # whoever is first wins; the others read what it made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
