"""The endpoints of proposals."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"

ENTRIES: list[Entry] = [
    e("api_challenge_proposals", READ, "member"),
    e("api_challenge_proposals_begun", WRITE, "begins proposals over the API", number="list_challenge"),
    e("api_challenge_proposal", READ, "sees a sealed proposal", key="proposal_draft"),
    e("api_challenge_proposal", READ, "sees a sealed proposal", key="proposal_sealed"),
    e("api_challenge_proposal", READ, "sees an opened proposal", key="proposal_opened"),
    e("api_challenge_proposal_draft", "PATCH", "declares", key="proposal_draft"),
    e("api_challenge_proposal_files", WRITE, "declares", key="proposal_draft"),
    e("api_challenge_proposal_file", "DELETE", "declares", key="proposal_draft", file="proposal_file"),
    e("api_challenge_proposal_submissions", WRITE, "declares", key="proposal_draft"),
    e("api_challenge_proposal_rereadings", WRITE, "declares", key="proposal_sealed"),
    e("api_challenge_proposal_replacements", WRITE, "declares", key="proposal_sealed"),
    e("api_challenge_proposal_withdrawals", WRITE, "declares", key="proposal_draft"),
]
