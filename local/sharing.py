"""A server shared by several processes: started by the first, stopped by the last.

Whoever uses the server holds a shared lock on a file. The kernel drops it when the process ends, however it ends,
so that nobody is counted who is gone. Starting and stopping happen under a second lock, one process at a time.
"""

import atexit
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path` exclusively."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


class Share:
    """This process's share in the server whose folder is `folder`."""

    def __init__(self, folder: Path, start: Callable[[], None], stop: Callable[[], None]) -> None:
        self.folder, self.start, self.stop = folder, start, stop
        self.held: IO[str] | None = None
        self.pid = 0

    def take(self) -> None:
        """Make sure that the server runs, and that it stays while this process lives."""
        if self.held and self.pid == os.getpid():
            return
        with alone(self.folder / "door.lock"):
            stream = (self.folder / "users.lock").open("a")
            fcntl.flock(stream, fcntl.LOCK_SH)
            self.start()
            self.held, self.pid = stream, os.getpid()
        atexit.register(self.give_back)

    def revive(self) -> None:
        """Start the server again where it has died."""
        with alone(self.folder / "door.lock"):
            self.start()

    def give_back(self) -> None:
        """Leave; the last one out stops the server."""
        if not self.held or self.pid != os.getpid():  # a forked child shares its parent's lock
            return
        with alone(self.folder / "door.lock"):
            stream, self.held = self.held, None
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self.stop()
            finally:
                stream.close()
