"""The pages of experts, panels, scores and the selection."""

from tests.architecture.permissions.table import Entry
from tests.architecture.permissions.table import entry as e

READ, WRITE, BOTH = "GET", "POST", "GET POST"
READS, CONDUCTS, SITS, CHOOSES = "reads panels", "conducts a panel", "sits on a panel", "chooses from proposals"
ANSWER = {"upheld": "no", "answer": "理由不成立。", "form_token": ""}
REASON = {"reason": "因补充核查。", "form_token": ""}

POOL = [
    e("challenges:expert_list", READ, "reads the pool"),
    e("challenges:expert_new", BOTH, "keeps the pool"),
    e("challenges:expert_edit", BOTH, CONDUCTS, pk="expert"),
    e("challenges:expert_move", BOTH, CONDUCTS, pk="expert", where="=out"),
    e("challenges:my_profile", BOTH, "is an expert"),
]
SEATS = [
    e("challenges:seat_list", READ, "is an expert"),
    e("challenges:seat_detail", READ, SITS, pk="seat"),
    e("challenges:seat_accept", BOTH, SITS, pk="seat"),
    e("challenges:seat_decline", BOTH, SITS, pk="seat"),
    e("challenges:seat_recuse", BOTH, SITS, pk="seat"),
    e("challenges:seat_score", BOTH, SITS, pk="seat", number="judged_proposal"),
    e("challenges:seat_autosave", WRITE, SITS, pk="seat", number="judged_proposal"),
    e("challenges:seat_file", READ, "has no such attachment", pk="seat", number="judged_proposal", place="=9"),
]
PANELS = [
    e("challenges:panel_detail", READ, READS, number="judged"),
    e("challenges:draw_detail", READ, READS, number="judged", pk="draw"),
    e("challenges:panel_draw", BOTH, CONDUCTS, number="judged", act="=again"),
    e("challenges:scoring_close", BOTH, CONDUCTS, number="judged"),
    e("challenges:seat_take_back", BOTH, CONDUCTS, pk="seat", body=REASON),
    e("challenges:seat_conflict", BOTH, CONDUCTS, pk="seat", body=REASON),
    e("challenges:notice_give", BOTH, CONDUCTS, number="judged"),
    e("challenges:objection_decide", BOTH, CONDUCTS, number="judged", pk="selection_objection", body=ANSWER),
]
SELECTION = [
    e("challenges:ranking", READ, "public", number="judged"),
    e("challenges:ranking_file", READ, "public", number="judged"),
    e("challenges:selection_desk", READ, CHOOSES, number="judged"),
    e("challenges:shortlist_edit", BOTH, CHOOSES, number="judged"),
    e("challenges:selection_edit", BOTH, CHOOSES, number="judged"),
    e("challenges:feedback", BOTH, CHOOSES, number="judged_proposal"),
    e("challenges:talk_new", BOTH, CHOOSES, number="judged_proposal"),
    e("challenges:selection_notice", READ, "public", number="judged"),
    e("challenges:selection_object", BOTH, "objects to a selection", number="judged", body=REASON),
]
ENTRIES: list[Entry] = [*POOL, *SEATS, *PANELS, *SELECTION]
