"""The API of challenges; each area brings its own table."""

from challenges.api import listing, rooms

urlpatterns = [*listing.urlpatterns, *rooms.urlpatterns]
