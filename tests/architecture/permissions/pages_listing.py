"""The pages of the list: seasons, challenges and their drafts."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE, BOTH = "GET", "POST", "GET POST"
REASON = {"reason": "企业调整投资计划。", "form_token": ""}
CONDUCTS, PUBLISHES = "conducts the list", "publishes challenges"

SEASONS = [
    e("challenges:desk", READ, CONDUCTS),
    e("challenges:season_list", READ, "public"),
    e("challenges:season_new", BOTH, CONDUCTS),
    e("challenges:season_edit", BOTH, CONDUCTS, code="list_season_draft"),
    e("challenges:season_lead", WRITE, CONDUCTS, code="list_season_draft", name="=collect"),
    e("challenges:season_desk", READ, CONDUCTS, code="list_season"),
    *(
        one
        for name in ("season_detail", "season_calendar", "season_report", "season_report_table")
        for one in (
            e(f"challenges:{name}", READ, "public", code="list_season"),
            e(f"challenges:{name}", READ, "sees a season in draft", code="list_season_draft"),
        )
    ),
]

LIST = [
    e("challenges:challenge_list", READ, "public"),
    e("challenges:challenge_export", READ, "public", form="=csv"),
    e("challenges:challenge_feed", READ, "public"),
    e("challenges:calendar", READ, "public"),
    e("challenges:challenge_detail", READ, "public", number="list_challenge"),
    e("challenges:challenge_calendar", READ, "public", number="list_challenge"),
    e("challenges:challenge_file", READ, "public", number="list_challenge", pk="list_public_file"),
    e("challenges:challenge_file", READ, "reads an annex", number="list_challenge", pk="list_secret_file"),
    e("challenges:challenge_nda", BOTH, "signs an agreement", number="list_challenge"),
    e("challenges:challenge_ask", READ, "looks at a challenge", number="list_challenge"),
    e("challenges:challenge_ask", WRITE, "asks about a challenge", number="list_challenge"),
    e("challenges:challenge_answer", READ, "looks for questions about a challenge", number="list_challenge",
      pk="list_question"),
    e("challenges:challenge_answer", WRITE, "answers about a challenge", number="list_challenge", pk="list_question"),
    e("challenges:challenge_extend", BOTH, "keeps a challenge going", number="list_challenge", body=REASON),
    e("challenges:challenge_award_none", BOTH, "keeps a challenge going", number="list_challenge", body=REASON),
    e("challenges:challenge_republish", BOTH, "publishes challenges", number="list_challenge"),
    e("challenges:challenge_end_without", BOTH, "keeps a challenge going", number="list_challenge"),
    e("challenges:challenge_cancel", BOTH, "cancels a challenge", number="list_challenge", body=REASON),
    e("challenges:challenge_opinions", BOTH, CONDUCTS, pk="list_submitted"),
    e("challenges:opinion_list", READ, "gives opinions"),
    e("challenges:opinion_promise", BOTH, "gives an opinion", pk="list_opinion_asked"),
    e("challenges:opinion_decline", BOTH, "gives an opinion", pk="list_opinion_asked", body=REASON),
    e("challenges:opinion_give", BOTH, "gives an opinion", pk="list_opinion"),
    e("challenges:opinion_file", READ, "gives an opinion", pk="list_opinion", attachment="list_opinion_file"),
]  # fmt: skip

FIRM = [
    e("challenges:my_challenges", READ, PUBLISHES),
    e("challenges:challenge_new", BOTH, PUBLISHES),
    e("challenges:challenge_task_list", READ, PUBLISHES, pk="list_draft"),
    e("challenges:challenge_check", BOTH, PUBLISHES, pk="list_draft"),
    e("challenges:challenge_submitted", READ, PUBLISHES, pk="list_submitted"),
    e("challenges:challenge_take_back", BOTH, PUBLISHES, pk="list_submitted", body=REASON),
    e("challenges:challenge_discard", BOTH, PUBLISHES, pk="list_draft"),
    e("challenges:challenge_attachments", BOTH, PUBLISHES, pk="list_draft"),
    e("challenges:challenge_attachment_remove", WRITE, PUBLISHES, pk="list_draft", attachment="list_draft_file"),
    e("challenges:challenge_part", BOTH, PUBLISHES, pk="list_draft", part="=payment"),
    e("challenges:challenge_autosave", WRITE, PUBLISHES, pk="list_draft", part="=payment"),
    e("challenges:challenge_versions", READ, PUBLISHES, pk="list_draft", part="=payment"),
]

ENTRIES: list[Entry] = [*SEASONS, *LIST, *FIRM]
