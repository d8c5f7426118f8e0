"""Faults are made to the whole site."""

from tests.harness import site

__all__ = ["site"]
