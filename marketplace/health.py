"""Is everything alive? A page for people, JSON for machines, 200 or 503 for load balancers."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

HEARTBEATS_LATE_AFTER = 60  # seconds; they beat every 10
OUTBOX_LATE_AFTER = 300  # seconds


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    label: str
    ok: bool
    detail: str
    value: float | None = None


def check_database() -> tuple[bool, str, float | None]:
    """One round trip to PostgreSQL, in milliseconds."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    took = round((time.monotonic() - begun) * 1000, 1)
    return True, _("answers in %(took)s ms") % {"took": took}, took


def check_redis() -> tuple[bool, str, float | None]:
    """One round trip to Redis, past the cache that forgives, in milliseconds."""
    begun = time.monotonic()
    cache._cache.get_client().ping()
    took = round((time.monotonic() - begun) * 1000, 1)
    return True, _("answers in %(took)s ms") % {"took": took}, took


def check_heartbeat(who: str) -> tuple[bool, str, float | None]:
    """Seconds since the worker or beat last said that it is alive."""
    last = cache.get(f"heartbeat:{who}")
    if last is None:
        return False, _("never heard of"), None
    age = round(time.time() - last, 1)
    return age <= HEARTBEATS_LATE_AFTER, _("alive %(age)s s ago") % {"age": age}, age


def outbox() -> tuple[float, int]:
    """Seconds that the oldest message is overdue, and how many were given up."""
    with connection.cursor() as cursor:
        cursor.execute(OUTBOX)
        age, dead = cursor.fetchone()
    return float(age), dead


def check_outbox() -> tuple[bool, str, float | None]:
    """Seconds that the oldest waiting message waits. What was given up (`dead_letters`) does not take the site down."""
    age, _dead = outbox()
    return age <= OUTBOX_LATE_AFTER, _("oldest message waits %(age)s s") % {"age": round(age, 1)}, round(age, 1)


# By the time a delivery is due, taken from the machine's clock: a rehearsed event may have happened a year ago.
OUTBOX = """
    SELECT greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (
      SELECT min(next_try_at) FROM audit_delivery WHERE state = 'pending'
    )), 0)), (SELECT count(*) FROM audit_delivery WHERE state = 'dead')
"""

# name, label, check
CHECKS: list[tuple[str, str, Callable[[], tuple[bool, str, float | None]]]] = [
    ("database", gettext_lazy("Database"), check_database),
    ("redis", gettext_lazy("Redis"), check_redis),
    ("worker", gettext_lazy("Background worker"), lambda: check_heartbeat("worker")),
    ("beat", gettext_lazy("Scheduler"), lambda: check_heartbeat("beat")),
    ("outbox", gettext_lazy("Outbox"), check_outbox),
]


def findings() -> list[Finding]:
    """Every check's finding; a check that fails with an error is a finding too."""
    found = []
    for name, label, check in CHECKS:
        try:
            ok, detail, value = check()
        except Exception as error:  # noqa: BLE001 - whatever is broken, the page must say so
            ok, detail, value = False, type(error).__name__, None
        found.append(Finding(name, str(label), ok, detail, value))
    return found


@method_decorator(never_cache, name="dispatch")
class Health(View):
    """`/healthz`: HTML for browsers, JSON for the rest; 503 where anything is not well."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """All findings."""
        found = findings()
        ok = all(finding.ok for finding in found)
        status = 200 if ok else 503
        if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
            page = render_to_string("marketplace/health.html", {"findings": found, "ok": ok})  # without the database
            return quiet(HttpResponse(page, status=status))
        checks = {f.name: {"ok": f.ok, "detail": f.detail, "value": f.value} for f in found}
        body = {"ok": ok, "checks": checks}
        return quiet(JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}))


def quiet(response: HttpResponse) -> HttpResponse:
    """Keep a 503 that is asked for every few seconds out of the error log."""
    response._has_been_logged = True
    return response
