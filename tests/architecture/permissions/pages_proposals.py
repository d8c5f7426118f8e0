"""The pages of proposals, the openers of a season and the opening."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE, BOTH = "GET", "POST", "GET POST"
LOST = {"reason": "遗失。", "form_token": ""}

ENTRIES: list[Entry] = [
    e("challenges:my_proposals", READ, "declares"),
    e("challenges:proposal_new", BOTH, "proposes", number="challenge_open"),
    e("challenges:proposal_detail", READ, "sees a sealed proposal", key="proposal_draft"),
    e("challenges:proposal_detail", READ, "sees a sealed proposal", key="proposal_sealed"),
    e("challenges:proposal_detail", READ, "sees an opened proposal", key="proposal_opened"),
    e(
        "challenges:proposal_attachment",
        READ,
        "sees an opened proposal",
        key="proposal_opened",
        pk="proposal_attachment",
    ),
    e("challenges:proposal_check", BOTH, "declares", key="proposal_draft"),
    e("challenges:proposal_files", BOTH, "declares", key="proposal_draft"),
    e("challenges:proposal_file", READ, "declares", key="proposal_draft", file="proposal_file"),
    e("challenges:proposal_file_remove", WRITE, "declares", key="proposal_draft", file="proposal_file"),
    e("challenges:proposal_part", BOTH, "declares", key="proposal_draft", part="=plan"),
    e("challenges:proposal_autosave", WRITE, "declares", key="proposal_draft", part="=plan"),
    e("challenges:proposal_hand_over", BOTH, "declares", key="proposal_draft"),
    e("challenges:proposal_restore", BOTH, "declares", key="proposal_draft"),
    e("challenges:proposal_withdraw", BOTH, "declares", key="proposal_draft"),
    e("challenges:proposal_replace", BOTH, "declares", key="proposal_sealed"),
    e("challenges:proposal_reread", BOTH, "declares", key="proposal_sealed"),
    e("challenges:proposal_eligibility", BOTH, "conducts auctions", key="proposal_opened"),
    e("challenges:proposal_list", READ, "looks at a lot", number="challenge_opened"),
    e("challenges:opener_keys", BOTH, "holds a share", code="list_season"),
    e("challenges:opener_key_loss", READ, "holds a share", pk="opener_key"),
    e("challenges:opener_key_loss", WRITE, "retires a share", pk="opener_key", body=LOST),
    e("challenges:opening_detail", READ, "public", number="challenge_open"),
    e("challenges:opening_detail", READ, "public", number="challenge_opened"),
    e("challenges:opening_record", READ, "public", number="challenge_opened"),
    e("challenges:opening_share", BOTH, "holds a share", number="challenge_open"),
    e("challenges:opening_reopen", BOTH, "conducts auctions", number="challenge_open"),
]
