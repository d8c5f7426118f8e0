"""What challenges answer for and listen to."""

from challenges import rules

__all__ = ["rules"]
