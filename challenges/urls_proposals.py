"""Addresses of proposals, the openers of a season and the opening."""

urlpatterns: list = []
