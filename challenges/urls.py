"""Addresses of the market of challenges; each area brings its own table."""

app_name = "challenges"

urlpatterns: list = []
