"""Addresses of the market of auctions; each area brings its own table."""

from auctions import urls_after, urls_bidders, urls_engine, urls_integrity, urls_market

app_name = "auctions"

urlpatterns = [
    *urls_bidders.urlpatterns,  # first, because bids are what is asked for most
    *urls_market.urlpatterns,
    *urls_after.urlpatterns,
    *urls_engine.urlpatterns,
    *urls_integrity.urlpatterns,
]
