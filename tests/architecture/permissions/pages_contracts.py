"""The pages of contracts, milestones and what came of a result."""

from tests.architecture.permissions.table import Entry

ENTRIES: list[Entry] = []
