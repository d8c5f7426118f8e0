"""The pages of experts, panels, scores and the selection."""

from tests.architecture.permissions.table import Entry

ENTRIES: list[Entry] = []
