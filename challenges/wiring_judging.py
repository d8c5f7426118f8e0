"""What experts, panels, scores and the selection answer for."""

from foundation import audit

PHRASES: dict = {}


def install() -> None:
    """Register everything of this area."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
