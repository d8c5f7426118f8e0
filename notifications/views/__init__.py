"""The pages of notifications."""

from notifications.views.inbox import MarkAllRead, NoticeList, OpenNotice, Preferences
from notifications.views.searches import (
    ChangeSearch,
    DeleteSearch,
    SaveSearch,
    SearchFeed,
    SearchList,
    Unsubscribe,
)

__all__ = [
    "ChangeSearch",
    "DeleteSearch",
    "MarkAllRead",
    "NoticeList",
    "OpenNotice",
    "Preferences",
    "SaveSearch",
    "SearchFeed",
    "SearchList",
    "Unsubscribe",
]
