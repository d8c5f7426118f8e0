"""The API of challenges; each area brings its own table."""

from challenges.api import contracts, judging, listing, proposals, rooms

urlpatterns = [
    *listing.urlpatterns,
    *rooms.urlpatterns,
    *proposals.urlpatterns,
    *judging.urlpatterns,
    *contracts.urlpatterns,
]
