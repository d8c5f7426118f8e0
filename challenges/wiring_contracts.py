"""What contracts, milestones and what came of a result answer for."""

from foundation import audit

PHRASES: dict = {}


def install() -> None:
    """Register everything of this area."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
