"""The API of challenges; each area brings its own table."""

from challenges.api import contracts, judging, listing, rooms

urlpatterns = [*listing.urlpatterns, *rooms.urlpatterns, *contracts.urlpatterns, *judging.urlpatterns]
