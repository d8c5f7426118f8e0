"""What auctions answers for and listens to."""

from auctions import rules, wiring_bidders

__all__ = ["rules", "wiring_bidders"]
