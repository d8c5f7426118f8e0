"""The application configuration that every app of ours uses."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class App(AppConfig):
    """Loads `<app>.wiring` at start-up: what the app answers for and what it listens to."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import the app's wiring, if it has one."""
        if module_has_submodule(self.module, "wiring"):
            import_module(f"{self.name}.wiring")
