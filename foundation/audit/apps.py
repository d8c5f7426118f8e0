"""History: events, chains, seals, the outbox."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "foundation.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self):
        from foundation.audit import checks, wiring

        checks.install()
        wiring.install()
