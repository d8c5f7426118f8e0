"""The ground: money, time, lifecycles, locks, numbers, errors."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "foundation.core"
    label = "core"
    verbose_name = "Core"

    def ready(self):
        from foundation.core import checks

        checks.install()
