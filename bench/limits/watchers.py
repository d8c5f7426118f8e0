"""The limit of P3: a server of sockets that passes on what Redis publishes, and nothing else: no database, no HTTP.

`python -m bench.limits.watchers PORT REDIS_URL CHANNEL`. Speaks just enough of the stream's form for the same watchers.
"""

import asyncio
import contextlib
import sys

import redis.asyncio as redis

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: 0\n\n"


async def main(port: int, url: str, channel: str) -> None:
    """Serve until killed."""
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD)
        writers.add(writer)
        with contextlib.suppress(OSError):
            await reader.read()
        writers.discard(writer)

    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=4096)
    async with server, redis.from_url(url).pubsub(ignore_subscribe_messages=True) as messages:
        await messages.subscribe(channel)
        async for message in messages.listen():
            for writer in list(writers):
                writer.write(b"id: " + message["data"] + b"\ndata: {}\n\n")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
