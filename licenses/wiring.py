"""What licenses answers for and listens to."""

from licenses import (
    notices_declarations,
    rules,  # noqa: F401  (rules register themselves)
    wiring_declarations,
    wiring_licenses,
)

wiring_declarations.install()
notices_declarations.install()

__all__ = ["wiring_licenses"]
