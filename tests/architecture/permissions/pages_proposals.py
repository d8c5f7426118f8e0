"""The pages of proposals, the openers of a season and the opening."""

from tests.architecture.permissions.table import Entry

ENTRIES: list[Entry] = []
