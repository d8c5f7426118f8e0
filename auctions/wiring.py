"""What auctions answers for and listens to."""

from auctions import rules

__all__ = ["rules"]
