"""The site on a machine whose clock is off by KAIXU_TEST_SKEW seconds: `gunicorn tests.faults.skewed:application`."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

time_machine.travel(datetime.now(UTC) + timedelta(seconds=int(os.environ["KAIXU_TEST_SKEW"])), tick=True).start()

from marketplace.wsgi import application  # noqa: E402, under the wrong clock from its first moment on

__all__ = ["application"]
