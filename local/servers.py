"""The addresses of PostgreSQL and Redis: those of the environment, else the embedded servers, started when asked."""

import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from local import places, postgres, private, roles, sharing, valkey

secret = private.secret
shares: dict[tuple[Path, str], sharing.Share] = {}


@dataclass(frozen=True)
class Addresses:
    """Where the servers are: `app` and `owner` are the same database as two roles."""

    app: str
    owner: str
    redis: str
    role: str = "app"

    @property
    def database(self) -> str:
        """The database as this process's role."""
        return self.owner if self.role == "owner" else self.app

    def environment(self) -> dict[str, str]:
        """The addresses as variables for child processes."""
        return {"DATABASE_URL": self.app, "DATABASE_OWNER_URL": self.owner, "REDIS_URL": self.redis}


def share(folder: Path, name: str, server: postgres.Postgres | valkey.Valkey) -> None:
    """Take this process's share in the server, once."""
    key = (folder, name)
    if key not in shares:
        shares[key] = sharing.Share(folder / f"{name}-locks", server.start, server.stop)
    shares[key].take()


def app_password(url: str, data: Path) -> str:
    """The second role's password: made from the first one's, so that every checkout on that database knows it."""
    own = urlsplit(url).password
    if not own:
        return secret(data, "DATABASE_APP_PASSWORD")
    return hmac.digest(own.encode(), b"kaixu application role", "sha256").hex()


def database_addresses(data: Path) -> tuple[str, str]:
    """(application's URL, owner's URL)."""
    given, owner = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if given and owner:
        return given, owner
    if given:
        return roles.split(given, app_password(given, data))
    account = places.account()
    folder = places.server_folder(data, account)
    server = postgres.Postgres(folder, account)
    share(folder, "postgres", server)
    return server.url(postgres.APP), server.url(postgres.OWNER)


def redis_address(data: Path) -> str:
    """Redis' URL."""
    if os.environ.get("REDIS_URL"):
        return os.environ["REDIS_URL"]
    account = places.account()
    folder = places.server_folder(data, account)
    server = valkey.Valkey(folder, account)
    share(folder, "valkey", server)
    return server.url


def addresses(data: Path, *, role: str = "app") -> Addresses:
    """Every address; starts the embedded servers that are needed and keeps them while this process lives."""
    app, owner = database_addresses(data)
    return Addresses(app=app, owner=owner, redis=redis_address(data), role=role)


def make_database(data: Path) -> None:
    """Make the embedded server's database where it is missing."""
    account = places.account()
    server = postgres.Postgres(places.server_folder(data, account), account)
    roles.make_database(server.url(postgres.ADMIN, "postgres"), postgres.DATABASE, postgres.OWNER, postgres.APP)


def revive() -> None:
    """Start the embedded servers again that have died."""
    for one in shares.values():
        one.revive()


def give_back() -> None:
    """Leave all servers now instead of at the end of the process."""
    for one in shares.values():
        one.give_back()
    shares.clear()
