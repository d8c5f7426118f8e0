"""What notifications stores."""

from notifications.models.messages import Dispatch, Notice, Preference
from notifications.models.searches import SavedSearch, SearchHit

__all__ = ["Dispatch", "Notice", "Preference", "SavedSearch", "SearchHit"]
