"""Addresses of contracts, milestones and what came of a result."""

urlpatterns: list = []
