"""What waits for somebody: the rows of "my work", made by each app for its own objects."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WorkItem:
    """``title`` and ``action`` are shown as they are (already translated); ``due_at`` is aware or None."""

    kind: str
    title: str
    detail: str = ""
    url: str = ""
    due_at: datetime | None = None
    action: str = ""
