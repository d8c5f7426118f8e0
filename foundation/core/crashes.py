"""Named steps at which a test may kill the process, to prove that work resumes."""

import os
import signal

CRASH_AT = os.environ.get("CRASH_AT", "")


def crash_point(name: str) -> None:
    """Die here by SIGKILL if the environment variable CRASH_AT names this step."""
    if CRASH_AT and name == CRASH_AT:
        os.kill(os.getpid(), signal.SIGKILL)
