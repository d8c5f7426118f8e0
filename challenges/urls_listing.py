"""Addresses of the list: seasons, challenges and their drafts."""

urlpatterns: list = []
