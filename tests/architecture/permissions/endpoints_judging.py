"""The endpoints of rankings and of experts' seats."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"

ENTRIES: list[Entry] = [
    e("api_challenge_ranking", READ, "public", number="judged"),
    e("api_challenge_seats", READ, "is an expert"),
    e("api_challenge_seat", READ, "sits on a panel", pk="seat"),
    e("api_challenge_scores", WRITE, "sits on a panel", pk="seat"),
]
