"""Logs: one line an event, with the request's id; JSON for machines, plain for people."""

import logging
from typing import Any

import structlog

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


ROUTINE = {"request_started", "request_finished", "task_enqueued", "task_started", "task_succeeded", "task_revoked"}
SERVER_ERROR = 500


class WithoutRoutine(logging.Filter):
    """Drops the lines that say only that a good request began or ended."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for routine request lines."""
        message = record.msg if isinstance(record.msg, dict) else {}
        if str(message.get("request", "")).endswith("/healthz"):
            return False
        return message.get("event") not in ROUTINE or message.get("code", 0) >= SERVER_ERROR


def logging_config(*, as_json: bool, level: str) -> dict[str, Any]:
    """The LOGGING setting, and structlog set up to go through it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.UnicodeDecoder(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    if as_json:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"routine": {"()": "marketplace.settings.logs.WithoutRoutine"}},
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": [] if as_json else ["routine"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": [], "propagate": True},
            "axes": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},  # a refused bid is an answer; the access log has its status
        },
    }
