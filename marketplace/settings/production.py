"""Settings of the real thing. Everything that is secret or a place must be given; nothing is guessed."""

from marketplace.settings import environment as env
from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.logs import logging_config
from marketplace.settings.reporting import report_errors

# --- What must be given -----------------------------------------------------------------------------
SECRET_KEY = env.required("SECRET_KEY")
KAIXU_FIELD_KEY = env.required("KAIXU_FIELD_KEY")
DATABASE_URL = env.required("DATABASE_URL")
REDIS_URL = env.required("REDIS_URL")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
KAIXU_PUBLIC_URL = env.required("KAIXU_PUBLIC_URL").rstrip("/")
DEBUG = False

# --- HTTPS only -------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the proxy must set or strip it
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# --- Files ------------------------------------------------------------------------------------------
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Logs and errors --------------------------------------------------------------------------------
LOGGING = logging_config(as_json=env.flag("KAIXU_LOG_JSON", True), level=env.text("KAIXU_LOG_LEVEL", "INFO"))
report_errors(env.text("SENTRY_DSN"), release=env.text("KAIXU_RELEASE"))
