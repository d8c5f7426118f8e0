"""Start-up checks: every key that is called has an owner."""

from django.core.checks import Error, register

from foundation.core import handlers


def install() -> None:
    """Register the checks with `manage.py check`."""
    register(handlers_have_owners)


def handlers_have_owners(app_configs, **kwargs) -> list[Error]:
    """A key that somebody announced to call (`handlers.expect`) needs exactly one owner."""
    return [Error(f"nobody owns the handler {key!r}", id="core.E001") for key in handlers.missing()]
