"""What proposals, the openers of a season and the opening answer for."""

from foundation import audit

PHRASES: dict = {}


def install() -> None:
    """Register everything of this area."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
