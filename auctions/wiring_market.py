"""What the market side answers for: the materials check, sentences, what waits for whom, promises in SQL."""

from auctions import notices_market, saved_searches, work_market
from auctions.services import materials, review_facts
from auctions.services.materials import REVIEW_KIND
from foundation import audit
from foundation.audit import invariants
from foundation.core import handlers
from foundation.core.marks import _

PHRASES = {
    "auctions.season.founded": _("Season {number} was founded."),
    "auctions.season.edited": _("The draft of the season was changed."),
    "auctions.season.announce": _("Season {number} was announced; its rules are fixed."),
    "auctions.season.collect": _("Lots may be proposed."),
    "auctions.season.select": _("The collection was closed; lots are being selected."),
    "auctions.season.promote": _("The preview began."),
    "auctions.season.start_bidding": _("The bidding stage began."),
    "auctions.season.deliver": _("The delivery of rights began."),
    "auctions.season.track": _("Results are being tracked."),
    "auctions.season.close": _("The season was closed."),
    "auctions.season.cancel": _("The season was cancelled: {reason}"),
    "auctions.session.planned": _("Session {number} was planned."),
    "auctions.session.moved": _("The dates of session {number} were changed."),
    "auctions.session.publish_notice": _("The notice of session {number} was published."),
    "auctions.session.open": _("Session {number} was opened."),
    "auctions.session.close": _("Session {number} was closed."),
    "auctions.session.cancel": _("Session {number} was cancelled: {reason}"),
    "auctions.lot.drafted": _("A lot was begun for season {season}."),
    "auctions.lot.discarded": _("The draft was thrown away."),
    "auctions.lot.submit": _("The lot was submitted for the materials check."),
    "auctions.lot.return": _("Returned for correction: {reason}"),
    "auctions.lot.resubmit": _("The correction was submitted."),
    "auctions.lot.lapse": _("No correction came in time: not selected."),
    "auctions.lot.take_back": _("The seller took the proposal back."),
    "auctions.lot.select": _("Selected for the season as lot {number}."),
    "auctions.lot.refuse": _("Not selected: {reason}"),
    "auctions.lot.undo_selection": _("The selection was undone: {reason}"),
    "auctions.lot.assigned": _("Put into session {session}."),
    "auctions.lot.unassigned": _("Taken out of session {session}."),
    "auctions.lot.priority_notified": _("A holder of a first right was told; answer by {answer_by}."),
    "auctions.lot.priority_answered": _("{basis} with a first right: {answer}."),
    "auctions.lot.document_added": _("Document “{title}” was put into the data room."),
    "auctions.lot.document_removed": _("Document “{title}” was taken out of the data room."),
    "auctions.lot.asked": _("A question was asked."),
    "auctions.lot.answered": _("The seller answered a question."),
    "auctions.lot.announce": _("Announced in session {session}: start price {start}, deposit {deposit}."),
    "auctions.lot.withdraw": _("The lot was withdrawn: {reason}"),
}

NUMBER_TWICE = """
SELECT season_id, substring(number FROM '-(\\d{4})-.$') AS n, count(*) AS lots FROM auctions_lot
WHERE number IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
"""
NOT_ON_PATENT = """
SELECT l.id, l.number, i.patent_id FROM auctions_lot l JOIN auctions_lotpatent i ON i.lot_id = l.id
WHERE l.state IN ('materials_check', 'selected', 'announced', 'registration_open', 'live', 'paused')
  AND NOT l.is_practice AND NOT EXISTS (
  SELECT 1 FROM patents_encumbrance e WHERE e.patent_id = i.patent_id AND e.kind = 'auction_lot'
    AND e.until_at IS NULL AND e.basis_kind = 'auctions.lot' AND e.basis_id = l.id
)
"""
WITHOUT_FLOOR = """
SELECT l.id, l.number FROM auctions_lot l LEFT JOIN auctions_floor f ON f.lot_id = l.id
WHERE l.state IN ('announced', 'registration_open', 'live', 'paused') AND f.lot_id IS NULL
"""


def install() -> None:
    """Register everything the market side answers for."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
    handlers.register(f"review.facts:{REVIEW_KIND}", review_facts.facts_of_lot)
    handlers.register(f"review.decided:{REVIEW_KIND}", materials.on_decided)
    handlers.register(f"review.undone:{REVIEW_KIND}", materials.on_undone)
    handlers.register(f"review.lapsed:{REVIEW_KIND}", materials.on_lapsed)
    handlers.register("my_work:auctions.market", work_market.items_for)
    handlers.register("patent_panels:auctions", saved_searches.patent_panel)
    saved_searches.install()
    notices_market.install()
    invariants.register("I9", "Two lots of a season never share a number.", NUMBER_TWICE)
    invariants.register("I9", "A lot under way lies on all its patents.", NOT_ON_PATENT)
    invariants.register("I9", "An announced lot has a floor.", WITHOUT_FLOOR)
