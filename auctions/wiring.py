"""What auctions answers for and listens to."""

from auctions import rules, wiring_after, wiring_bidders, wiring_engine, wiring_integrity, wiring_market

wiring_engine.install()
wiring_market.install()
wiring_after.install()
wiring_integrity.install()

__all__ = ["rules", "wiring_bidders"]
