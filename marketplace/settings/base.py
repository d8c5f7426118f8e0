"""Settings that hold everywhere. What differs by place comes from environment variables.

`local.py`, `test.py` and `production.py` build on this file.
"""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from marketplace import schedule
from marketplace.settings import environment as env
from marketplace.settings.logs import logging_config

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("KAIXU_DATA_DIR", str(BASE_DIR / ".local"))).resolve()

# --- What this province is called -----------------------------------------------------------------
KAIXU_PROVINCE = {
    "zh": env.text("KAIXU_PROVINCE_ZH", "江海省"),
    "en": env.text("KAIXU_PROVINCE_EN", "Jianghai Province"),
}
KAIXU_PROVINCE_PREFIX = env.text("KAIXU_PROVINCE_PREFIX", "JS")  # first letters of every public number
KAIXU_OCID_PREFIX = env.text("KAIXU_OCID_PREFIX", "kaixu")  # of the identifiers of open contracting data
KAIXU_PUBLIC_URL = env.text("KAIXU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")  # in mails and QR codes
KAIXU_REGISTER_FACT_DAYS = env.number("KAIXU_REGISTER_FACT_DAYS", 180)  # older good news from a file is unknown
KAIXU_REGISTER_SOURCES = env.words("KAIXU_REGISTER_SOURCES", "imported")  # where facts on patents come from
KAIXU_SANDBOX_BANK = env.flag("KAIXU_SANDBOX_BANK", False)  # the bank of play money
KAIXU_PAYMENT_RAILS = env.words(
    "KAIXU_PAYMENT_RAILS", "sandbox,bank_transfer"
)  # ways to pay, the first is offered first
KAIXU_SANDBOX_BANK_SECRET = env.text("KAIXU_SANDBOX_BANK_SECRET")  # signs its callbacks
KAIXU_SANDBOX_BANK_URL = env.text("KAIXU_SANDBOX_BANK_URL", KAIXU_PUBLIC_URL)
KAIXU_RELEASE_DAYS = env.number("KAIXU_RELEASE_DAYS", 7)  # without objection, until escrow is payable to the payee
KAIXU_LATE_FEE_PPM_A_DAY = env.number("KAIXU_LATE_FEE_PPM_A_DAY", 500)  # of the overdue principal; 500 = 0.05 %
KAIXU_LATE_FEE_CAP_BP_A_YEAR = env.number("KAIXU_LATE_FEE_CAP_BP_A_YEAR", 2400)  # late fees at most; 2,400 = 24 %
KAIXU_LATE_FEE_DUE_DAYS = env.number("KAIXU_LATE_FEE_DUE_DAYS", 15)  # to pay a late fee that was asked for
KAIXU_FOUR_EYES_ABOVE_FEN = env.number("KAIXU_FOUR_EYES_ABOVE_FEN", 5_000_000)  # refunds by hand above need two persons
KAIXU_DISPUTE_ANSWER_DAYS = env.number("KAIXU_DISPUTE_ANSWER_DAYS", 7)  # then a dispute goes on without an answer
KAIXU_DISPUTE_COURT_DAYS = env.number(
    "KAIXU_DISPUTE_COURT_DAYS", 30
)  # after failed talks, until the frozen money is free
KAIXU_NOTICE_WORKDAYS = env.number("KAIXU_NOTICE_WORKDAYS", 15)  # shortest public notice of a distribution of income
KAIXU_PUBLICATION_DELAY = env.number("KAIXU_PUBLICATION_DELAY", 15)  # minutes in which an approval can be undone
KAIXU_HOLD_DAYS = env.number("KAIXU_HOLD_DAYS", 30)  # a fee waits so long for the end of a suspension
KAIXU_ROYALTY_ANSWER_DAYS = env.number("KAIXU_ROYALTY_ANSWER_DAYS", 10)  # unanswered, a report is accepted
KAIXU_INSPECTION_COST_BP = env.number("KAIXU_INSPECTION_COST_BP", 500)  # shortfall that shifts the cost
KAIXU_DEMO = False  # the fictional province; local settings only
KAIXU_CLOCK_MAY_BE_SET = False  # core.clock.at(): demo, replay and tests only
KAIXU_LOCKS_MAY_BE_OFF = False  # lock-off twins of race tests only

# --- Secrets --------------------------------------------------------------------------------------
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
KAIXU_FIELD_KEY = env.text("KAIXU_FIELD_KEY")  # encrypts identity numbers; losing it loses them

# --- Applications, lowest first -------------------------------------------------------------------
OUR_APPS = [
    "foundation.core",
    "foundation.audit",
    "foundation.documents",
    "foundation.jobs",
    "accounts",
    "notifications",
    "patents",
    "approvals",
    "settlement",
    "licenses",
    "auctions",
    "challenges",
    "marketplace",
]
if KAIXU_SANDBOX_BANK:
    OUR_APPS.insert(OUR_APPS.index("licenses"), "sandboxbank")
INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.syndication",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "pgtrigger",
    "rules",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials",
    "django_htmx",
    "django_tables2",
    "django_filters",
    "import_export",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "csp",
    "django_structlog",
    "django_prometheus",
    *OUR_APPS,
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The way of a request -------------------------------------------------------------------------
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.RequestId",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "auctions.api.direct.DirectBids",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "marketplace.middleware.HealthFirst",
    "marketplace.middleware.UnknownApiAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.CurrentMembership",
    "accounts.middleware.PreferredLanguage",
    "marketplace.language.FromAddress",
    "accounts.middleware.SecondFactorRequired",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "foundation.core.middleware.DomainErrors",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "marketplace.urls"
ASGI_APPLICATION = "marketplace.asgi.application"
WSGI_APPLICATION = "marketplace.wsgi.application"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a request without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # larger uploads go to disk at once

# --- Templates and forms --------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "marketplace.context_processors.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database: the application's role; migrations run as the owner of the tables -------------------
DATABASE_URL = env.text("DATABASE_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL") or DATABASE_URL
DATABASE_ROLE = env.text("KAIXU_DATABASE_ROLE", "app")


def database(url: str) -> dict:
    """Django's settings of one PostgreSQL URL; a forgotten open transaction ends after a time."""
    settings = dj_database_url.parse(url, conn_max_age=env.number("CONN_MAX_AGE", 60), conn_health_checks=True)
    idle = env.number("KAIXU_IDLE_IN_TRANSACTION_MS", 10_000)
    options = settings.setdefault("OPTIONS", {})
    options["options"] = f"-c idle_in_transaction_session_timeout={idle} -c timezone=UTC -c jit=off"
    options.setdefault("connect_timeout", 5)
    return settings


DATABASES = {}
if DATABASE_URL:
    DATABASES["default"] = database(DATABASE_OWNER_URL if DATABASE_ROLE == "owner" else DATABASE_URL)

# --- Redis: cache, live pages and the queue. Nothing that must survive is kept there ----------------
REDIS_URL = env.text("REDIS_URL")
KAIXU_REDIS_PREFIX = env.text("KAIXU_REDIS_PREFIX", "kaixu")


def cache(url: str, prefix: str) -> dict:
    """Django's cache on Redis; a lost Redis costs cache misses, never an answer."""
    return {"default": {"BACKEND": "marketplace.cache.ForgivingRedis", "LOCATION": url, "KEY_PREFIX": prefix}}


CACHES = cache(REDIS_URL, KAIXU_REDIS_PREFIX)
SESSION_ENGINE = "accounts.sessions"

# --- Background jobs ------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # seconds until an unfinished task is handed out again
    "global_keyprefix": f"{KAIXU_REDIS_PREFIX}:queue:",
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost wake-up is found by the scanner
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = schedule.beat()
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- Sign-in --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before address, password or second factor change
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kaixu"
USERSESSIONS_TRACK_ACTIVITY = False  # a write per page would cost more than the list is worth
KAIXU_SECOND_FACTOR_REQUIRED = env.flag("KAIXU_SECOND_FACTOR_REQUIRED", True)  # for roles that say so
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = []
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.authentication.attempted_address"
AXES_LOCKOUT_CALLABLE = "accounts.authentication.locked_out"
AXES_IPWARE_PROXY_COUNT = env.number("PROXY_COUNT", 0)

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.Token",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["foundation.core.parsers.StrictJSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_PAGINATION_CLASS": "foundation.core.api.Cursor",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "foundation.core.schema.Schema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_METADATA_CLASS": "foundation.core.metadata.Described",
    "DEFAULT_VERSIONING_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"TOKEN_TTL": None, "AUTO_REFRESH": False, "TOKEN_LIMIT_PER_USER": 20}
KAIXU_TOKEN_HOURS = env.number("KAIXU_TOKEN_HOURS", 12)
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_FORMATTER_CLASS": "foundation.core.problems.Problem",
    "EXCEPTION_HANDLER_CLASS": "foundation.core.problems.Handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kaixu",
    "DESCRIPTION": "Patent open licenses: from declaration to certificate.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {  # where two fields of one name have different choices
        "OrganizationKind": "accounts.models.Kind",
        "PatentKind": "patents.models.PatentKind",
        "AttachmentKind": "licenses.models.declaration.Attachment.Kind",
        "CheckOutcome": ["pass", "fail", "warn", "unknown"],
        "DecisionOutcome": "approvals.models.Outcome",
        "WithdrawalOutcome": "licenses.models.consents.WithdrawalRequest.Outcome",
        "RefundRequestKind": "settlement.models.requests.RefundRequest.Kind",
        "RefundOutcome": ["grant", "refuse"],
        "AcceptanceOutcome": "challenges.models.milestone.Acceptance.Outcome",
        "ConsentPurpose": "licenses.models.consents.CoOwnerConsent.Purpose",
        "InstalmentAnchor": ["notice", "effective", "date"],
    },
}

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("zh-hans", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "kaixu_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"  # what people see; stored times are UTC
USE_TZ = True
USE_I18N = True

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(DATA_DIR / "media")))
KAIXU_FONTS_DIR = BASE_DIR / "static" / "vendor" / "fonts"  # NotoSansSC-{Regular,Bold}.ttf, for PDF
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

KAIXU_UPLOAD_MAX_BYTES = env.number("KAIXU_UPLOAD_MAX_BYTES", 20_000_000)
KAIXU_SEAL_PKCS12 = env.text("KAIXU_SEAL_PKCS12", str(DATA_DIR / "seal.p12"))  # key that signs certificates
KAIXU_SEAL_PASSWORD = env.text("KAIXU_SEAL_PASSWORD")
KAIXU_SEAL_SELF_SIGNED = False  # make one where there is none; local settings only

# --- Mail -----------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Kaixu <no-reply@kaixu.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10

# --- What a browser may do with our pages ---------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
} | {"publickey-credentials-get": "self", "publickey-credentials-create": "self"}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Watching it run ------------------------------------------------------------------------------
LOGGING = logging_config(as_json=env.flag("KAIXU_LOG_JSON", False), level=env.text("KAIXU_LOG_LEVEL", "INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # addresses are personal data
PROMETHEUS_EXPORT_MIGRATIONS = False
KAIXU_METRICS_TOKEN = env.text("KAIXU_METRICS_TOKEN")  # lets a collector from another machine read /metrics
SILENCED_SYSTEM_CHECKS = []
