"""Pages and buttons of seasons, sessions and lots, and what a side has of them."""

from datetime import timedelta
from typing import Any

from auctions.services import priority, rooms
from foundation.core.clock import database_now, local_date
from tests.architecture.permissions.table import entry as e
from tests.factories import auctions as made
from tests.factories.patents import make_patent
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

READ, WRITE, BOTH = "GET", "POST", "GET POST"
REASON = {"reason": "因补充核查。"}
SEASON = {"code": "season"}
SESSION = {"code": "season", "position": "session"}
DRAFT = {"pk": "lot_draft"}

PUBLIC = [
    e("auctions:season_list", READ, "public"),
    e("auctions:season_detail", READ, "public", **SEASON),
    e("auctions:session_detail", READ, "public", **SESSION),
    e("auctions:lot_list", READ, "public"),
    e("auctions:lot_export", READ, "public", form="=csv"),
    e("auctions:lot_feed", READ, "public"),
    e("auctions:calendar", READ, "public"),
    e("auctions:season_calendar", READ, "public", **SEASON),
    e("auctions:catalogue_pdf", READ, "public", **SEASON),
    e("auctions:lot_detail", READ, "public", number="lot"),
    e("auctions:lot_calendar", READ, "public", number="lot"),
    e("auctions:priority_answer", BOTH, "public", token="priority_link"),
]
MEMBERS = [
    e("auctions:lot_document", READ, "reads about a lot", number="lot", pk="lot_document"),
    e("auctions:lot_access", READ, "reads about a lot", number="lot"),
    e("auctions:lot_ask", READ, "reads about a lot", number="lot"),
    e("auctions:lot_ask", WRITE, "asks about a lot", number="lot"),
    e("auctions:lot_answer", READ, "answers about a lot", number="lot", pk="lot_question"),
    e("auctions:lot_answer", WRITE, "answers about an own lot", number="lot", pk="lot_question"),
    e("auctions:lot_withdraw", BOTH, "withdraws a lot", number="lot", body=REASON),
    e("auctions:my_priority", BOTH, "has a first right", pk="first_right"),
]
SELLERS = [
    e("auctions:my_lots", READ, "declares"),
    e("auctions:lot_new", BOTH, "declares"),
    e("auctions:lot_task_list", READ, "declares", **DRAFT),
    e("auctions:lot_check", BOTH, "declares", **DRAFT),
    e("auctions:lot_submitted", READ, "declares", pk="lot_submitted"),
    e("auctions:lot_take_back", BOTH, "declares", pk="lot_submitted", body=REASON),
    e("auctions:lot_discard", BOTH, "declares", **DRAFT),
    e("auctions:lot_patents", BOTH, "declares", **DRAFT),
    e("auctions:lot_patent_remove", WRITE, "declares", **DRAFT, patent="lot_patent"),
    e("auctions:lot_priority", BOTH, "declares", **DRAFT),
    e("auctions:lot_holder_remove", WRITE, "declares", **DRAFT, holder="lot_holder"),
    e("auctions:lot_holder_waiver", WRITE, "declares", **DRAFT, holder="lot_holder"),
    e("auctions:lot_documents", BOTH, "declares", **DRAFT),
    e("auctions:lot_document_remove", WRITE, "declares", **DRAFT, document="draft_document"),
    e("auctions:lot_part", BOTH, "declares", **DRAFT, part="=price"),
    e("auctions:lot_autosave", WRITE, "declares", **DRAFT, part="=price"),
]
CONDUCTORS = [
    e("auctions:desk", READ, "conducts seasons"),
    e("auctions:season_new", BOTH, "conducts seasons"),
    e("auctions:season_desk", READ, "conducts seasons", **SEASON),
    e("auctions:season_edit", BOTH, "conducts seasons", code="draft_season"),
    e("auctions:season_lead", WRITE, "conducts seasons", **SEASON, name="=close"),
    e("auctions:session_new", BOTH, "conducts seasons", **SEASON),
    e("auctions:session_desk", READ, "conducts seasons", **SESSION),
    e("auctions:session_edit", BOTH, "conducts seasons", **SESSION),
    e("auctions:session_lots", BOTH, "conducts seasons", **SESSION),
    e("auctions:session_publish", WRITE, "conducts seasons", **SESSION),
    e("auctions:session_cancel", WRITE, "conducts seasons", **SESSION, body=REASON),
]
ENTRIES = [*PUBLIC, *MEMBERS, *SELLERS, *CONDUCTORS]


def of_side(actor: Any, officer: Any, neighbor: Any) -> dict[str, Any]:
    """The lots of one side: one announced, one in the check, one in the making, and a first right elsewhere."""
    lot = made.announced_lot(by=actor, officer=officer)
    document = lot.documents.create(
        file=rooms.documents.accept_upload(upload=upload(paper(), "r.png"), actor=actor),
        kind="register", title="登记簿副本", audience="members",
    )  # fmt: skip
    question = lot.questions.create(organization=neighbor.organization, asked_by=neighbor.user, text="有中试数据吗？")
    collecting = made.season(officer=officer)
    draft = made.proposed_lot(of=collecting, by=actor)
    holder = priority.add_holder(lot=draft, basis="inventor", name="李工", email="li@example.org", actor=actor)
    kept = rooms.add_document(
        lot=draft, upload=upload(paper(), "r.png"), kind="register", title="副本", audience="members", actor=actor
    )
    told = {"notified_at": database_now(), "answer_by": local_date(database_now()) + timedelta(days=7)}
    right = made.selected_lot(of=collecting, by=neighbor, officer=officer).priority_holders.create(
        basis="co_owner", name="共有人", organization=actor.organization, **told
    )
    submitted = made.submitted_lot(of=collecting, by=actor, patents=[make_patent(actor.organization)])
    return {
        "season": lot.season.code,
        "session": lot.session.position,
        "draft_season": made.draft_season(officer=officer).code,
        "lot": lot.number,
        "lot_document": document.pk,
        "lot_question": question.pk,
        "lot_draft": draft.pk,
        "lot_patent": draft.items.get().patent_id,
        "lot_holder": holder.pk,
        "draft_document": kept.pk,
        "lot_submitted": submitted.pk,
        "first_right": right.pk,
        "priority_link": priority.token_of(right),
    }
