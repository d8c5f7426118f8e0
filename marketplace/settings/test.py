"""Settings of the tests: the local ones, stricter and quicker. `tests/conftest.py` names the database of each worker."""

import os

os.environ.setdefault("KAIXU_IDLE_IN_TRANSACTION_MS", "60000")
os.environ.setdefault("KAIXU_LOG_LEVEL", "ERROR")
os.environ.setdefault("DEBUG", "no")
os.environ.setdefault("CONN_MAX_AGE", "0")

from marketplace.settings.local import *  # noqa: E402, F403
from marketplace.settings.local import DATA_DIR  # noqa: E402

# --- Switches that only tests have ------------------------------------------------------------------
KAIXU_LOCKS_MAY_BE_OFF = True

# --- Quick where quickness changes nothing ------------------------------------------------------------
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- Mail stays in the process, files in a folder of their own ----------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = DATA_DIR / "test-media"
