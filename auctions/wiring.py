"""What auctions answers for and listens to."""

from auctions import rules, wiring_bidders, wiring_engine

wiring_engine.install()

__all__ = ["rules", "wiring_bidders"]
