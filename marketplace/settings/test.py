"""Settings of the tests: the local ones, stricter and quicker, on a database and a queue of each worker's own."""

import os

os.environ.setdefault("KAIXU_IDLE_IN_TRANSACTION_MS", "60000")
os.environ.setdefault("KAIXU_LOG_LEVEL", "ERROR")
os.environ.setdefault("DEBUG", "no")
os.environ.setdefault("CONN_MAX_AGE", "0")
os.environ.setdefault("KAIXU_TEST_NAME", "run")
os.environ.setdefault("KAIXU_TEST_PID", str(os.getpid()))  # the workers inherit it

from local import test_database
from marketplace.settings import environment as env
from marketplace.settings.local import *  # noqa: F403
from marketplace.settings.local import DATA_DIR, DATABASES, REDIS_URL, cache

# --- A database of this worker's own; a process that a test starts is told its name ---------------------
KAIXU_TEST_DATABASE = env.text("KAIXU_TEST_DATABASE") or test_database.copy_name(
    env.text("KAIXU_TEST_NAME"), env.text("KAIXU_TEST_PID"), env.text("PYTEST_XDIST_WORKER", "main")
)
DATABASES["default"]["NAME"] = KAIXU_TEST_DATABASE

# --- And a corner of Redis --------------------------------------------------------------------------
KAIXU_REDIS_PREFIX = KAIXU_TEST_DATABASE
CACHES = cache(REDIS_URL, KAIXU_REDIS_PREFIX)
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {  # noqa: F405
    "global_keyprefix": f"{KAIXU_REDIS_PREFIX}:queue:"
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "test" / f"{KAIXU_TEST_DATABASE}-beat")

# --- Switches that only tests have ------------------------------------------------------------------
KAIXU_LOCKS_MAY_BE_OFF = True

# --- Quick where quickness changes nothing ------------------------------------------------------------
WHITENOISE_AUTOREFRESH = True  # looks for a static file when it is asked for, not for all with every test client
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- Mail stays in the process, files in a folder of their own ----------------------------------------
EMAIL_BACKEND = env.text("KAIXU_TEST_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "test" / f"{KAIXU_TEST_DATABASE}-mail"
MEDIA_ROOT = DATA_DIR / "test" / f"{KAIXU_TEST_DATABASE}-media"
