"""Addresses of the market of auctions; each area brings its own table."""

from auctions import urls_after, urls_market

app_name = "auctions"

urlpatterns = [*urls_market.urlpatterns, *urls_after.urlpatterns]
