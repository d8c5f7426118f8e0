"""Addresses of experts, panels, scores and the selection."""

urlpatterns: list = []
