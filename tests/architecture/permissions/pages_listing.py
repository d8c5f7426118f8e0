"""The pages of the list: seasons, challenges and their drafts."""

from tests.architecture.permissions.table import Entry

ENTRIES: list[Entry] = []
