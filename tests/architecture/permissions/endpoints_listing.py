"""The endpoints of the list: seasons, challenges, questions and agreements."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE = "GET", "POST"
REASON = {"reason": "企业调整投资计划。"}

ENTRIES: list[Entry] = [
    e("api_list_seasons", READ, "public"),
    e("api_list_season", READ, "public", code="list_season"),
    e("api_list_season", READ, "sees a season in draft", code="list_season_draft"),
    e("api_challenges", READ, "public"),
    e("api_challenge", READ, "public", number="list_challenge"),
    e("api_challenge_attachments", READ, "public", number="list_challenge"),
    e("api_challenge_questions", READ, "public", number="list_challenge"),
    e("api_challenge_questions", WRITE, "asks about a challenge", number="list_challenge"),
    e("api_challenge_answers", WRITE, "answers about a challenge over the API", number="list_challenge",
      pk="list_question"),
    e("api_challenge_agreements", WRITE, "signs an agreement", number="list_challenge"),
    e("api_challenge_extensions", WRITE, "keeps a challenge going", number="list_challenge", body=REASON),
    e("api_challenge_republications", WRITE, "publishes challenges over the API", number="list_challenge"),
    e("api_challenge_cancellations", WRITE, "cancels a challenge", number="list_challenge", body=REASON),
]  # fmt: skip
