"""Metrics for Prometheus: for this machine, or for whoever holds the token."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views import View
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from foundation.audit import invariants
from marketplace import health


def may_read(request: HttpRequest) -> bool:
    """True for a direct request from this machine, and for the right bearer token."""
    token = settings.KAIXU_METRICS_TOKEN
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if "X-Forwarded-For" in request.headers:  # came through a proxy, which is this machine too
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def of_the_site() -> bytes:
    """What is true of the whole site, asked afresh: the age of the outbox in seconds, what was given up there, and
    the promises that are broken (NaN where nobody checked within the hour)."""
    registry = CollectorRegistry()
    age, dead = health.outbox()
    Gauge("kaixu_outbox_oldest_seconds", "How long the oldest due message waits.", registry=registry).set(age)
    Gauge("kaixu_outbox_dead", "Messages that were given up.", registry=registry).set(dead)
    broken = invariants.noted()
    count = Gauge("kaixu_invariants_broken", "How many invariants the last check found broken.", registry=registry)
    count.set(float("nan") if broken is None else len(broken))
    each = Gauge("kaixu_invariant_broken", "1 for every invariant that is broken.", ["id"], registry=registry)
    for name in broken or ():
        each.labels(id=name).set(1)
    return generate_latest(registry)


class Metrics(View):
    """Prometheus' text format; 404 for everybody else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The figures of this process and of the site."""
        if not may_read(request):
            raise Http404
        answer = ExportToDjangoView(request)
        answer.content += of_the_site()
        return answer
