"""Metrics for Prometheus: for this machine, or for whoever holds the token."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views import View
from django_prometheus.exports import ExportToDjangoView


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


class Metrics(View):
    """Prometheus' text format; 404 for everybody else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The figures of this process."""
        if not may_read(request):
            raise Http404
        return ExportToDjangoView(request)
