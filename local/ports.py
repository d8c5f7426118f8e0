"""Free ports on the loopback interface."""

import socket

HOST = "127.0.0.1"


def free(wanted: int | None = None) -> int:
    """`wanted` where it is free, else any free port."""
    for port in (wanted, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise RuntimeError("No free port on the loopback interface.")
