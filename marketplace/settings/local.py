"""Settings of a developer's machine: embedded servers where no address is given, mail to files, the demo province."""

import os
import warnings

os.environ.setdefault("KAIXU_SANDBOX_BANK", "yes")

from local import demo_logins, servers
from marketplace.settings import environment as env
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import (
    BASE_DIR,
    DATA_DIR,
    DATABASE_ROLE,
    INSTALLED_APPS,
    KAIXU_REDIS_PREFIX,
    cache,
    database,
)

# --- Debugging ------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", True)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")

WHITENOISE_USE_FINDERS = True  # static files straight from their folders
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")

# --- Servers: those named in the environment, else the embedded ones --------------------------------
SERVERS = servers.addresses(DATA_DIR, role=DATABASE_ROLE)
DATABASES = {"default": database(SERVERS.database)}
REDIS_URL = CELERY_BROKER_URL = SERVERS.redis
CACHES = cache(REDIS_URL, KAIXU_REDIS_PREFIX)

# --- Secrets, made once and kept in the data folder ---------------------------------------------------
SECRET_KEY = servers.secret(DATA_DIR, "SECRET_KEY")
KAIXU_FIELD_KEY = servers.secret(DATA_DIR, "KAIXU_FIELD_KEY")
KAIXU_SANDBOX_BANK_SECRET = servers.secret(DATA_DIR, "KAIXU_SANDBOX_BANK_SECRET")

# --- The demo province ------------------------------------------------------------------------------
if (BASE_DIR / "local" / "demo" / "apps.py").exists():
    INSTALLED_APPS.append("local.demo")
KAIXU_DEMO = True
PASSWORD_HASHERS = ["local.hashers.Quick", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
KAIXU_PUBLICATION_DELAY = env.number("KAIXU_PUBLICATION_DELAY", 0)
KAIXU_DEMO_PASSWORD = demo_logins.PASSWORD
KAIXU_CLOCK_MAY_BE_SET = True
KAIXU_SEAL_SELF_SIGNED = True
KAIXU_SECOND_FACTOR_REQUIRED = env.flag("KAIXU_SECOND_FACTOR_REQUIRED", False)

# --- Mail -------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
