"""Addresses of the market of challenges; each area brings its own table."""

from challenges import urls_contracts, urls_judging, urls_listing, urls_proposals

app_name = "challenges"

urlpatterns = [
    *urls_listing.urlpatterns,
    *urls_proposals.urlpatterns,
    *urls_judging.urlpatterns,
    *urls_contracts.urlpatterns,
]
