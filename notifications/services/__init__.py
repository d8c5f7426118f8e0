"""What can be done to tell people."""

from notifications.services.letters import post_letter
from notifications.services.notices import mark_all_read, mark_read, notify, send_invitation
from notifications.services.preferences import set_preferences
from notifications.services.running import run_due_searches
from notifications.services.searches import (
    change_search,
    delete_search,
    save_search,
    unsubscribe,
)
from notifications.services.sending import send_waiting

__all__ = [
    "change_search",
    "delete_search",
    "mark_all_read",
    "mark_read",
    "notify",
    "post_letter",
    "run_due_searches",
    "save_search",
    "send_invitation",
    "send_waiting",
    "set_preferences",
    "unsubscribe",
]
