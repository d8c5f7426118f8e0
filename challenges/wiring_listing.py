"""What the list (seasons, challenges and their drafts) answers for."""

from typing import Any

from challenges import notices_listing, saved_searches, work_listing
from challenges.models import Challenge
from challenges.services import bounty
from foundation import audit
from foundation.audit import invariants
from foundation.core import handlers
from foundation.core.marks import _

PHRASES = {
    "challenges.listseason.founded": _("List season {number} was founded."),
    "challenges.listseason.edited": _("The draft of the list season was changed."),
    "challenges.listseason.collect": _("Challenges are called for; the rules of {number} are fixed."),
    "challenges.listseason.run": _("The call ended; the list runs."),
    "challenges.listseason.track": _("Results are being followed."),
    "challenges.listseason.close": _("The list season was closed."),
    "challenges.listseason.cancel": _("The list season was cancelled: {reason}"),
    "challenges.challenge.drafted": _("A challenge was begun for season {season}."),
    "challenges.challenge.republished": _("It was begun anew as a draft for season {season}."),
    "challenges.challenge.discarded": _("The draft was thrown away."),
    "challenges.challenge.submit": _("The challenge was submitted for the formal check."),
    "challenges.challenge.resubmit": _("The correction was submitted."),
    "challenges.challenge.take_back": _("The firm took the challenge back."),
    "challenges.challenge.return": _("Returned for correction: {reason}"),
    "challenges.challenge.lapse": _("No correction came in time: refused."),
    "challenges.challenge.pass_formal": _("The formal check was passed."),
    "challenges.challenge.refuse": _("Refused: {reason}"),
    "challenges.challenge.approve": _("Approved as {number}; the first share of the bounty is asked for."),
    "challenges.challenge.opinion_asked": _("An expert was asked for an opinion."),
    "challenges.challenge.opinion_promised": _("An expert promised to keep the challenge secret."),
    "challenges.challenge.opinion_declined": _("An expert stepped back for a conflict of interest: {reason}"),
    "challenges.challenge.opinion_given": _("An expert gave an opinion."),
    "challenges.challenge.publish": _("Published in list {season}: bounty {bounty}, proposals until {deadline}."),
    "challenges.challenge.extend": _("The deadline was moved from {before} to {deadline}: {reason}"),
    "challenges.challenge.close": _("Closed for proposals."),
    "challenges.challenge.nda_signed": _("The non-disclosure agreement was signed."),
    "challenges.challenge.annex_read": _("A confidential annex was read."),
    "challenges.challenge.asked": _("A question was asked."),
    "challenges.challenge.answered": _("A question was answered."),
    "challenges.challenge.award_none": _("Nobody was awarded: {reason}"),
    "challenges.challenge.end_without": _("The challenge ended without a proposal."),
    "challenges.challenge.not_secured": _("The bounty was not secured in time: the challenge ended."),
    "challenges.challenge.cancel": _("The challenge was cancelled: {reason}"),
}

NUMBER_TWICE = """
SELECT season_id, substring(number FROM '-(\\d{4})-.$') AS n, count(*) AS challenges FROM challenges_challenge
WHERE number IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
"""
UNSECURED = """
SELECT c.id, c.number FROM challenges_challenge c JOIN challenges_listseason s ON s.id = c.season_id
WHERE c.published_at IS NOT NULL AND (
  SELECT coalesce(sum(h.amount_fen), 0) FROM settlement_hold h
  WHERE h.purpose = 'challenge.bounty' AND h.ref_kind = 'challenges.challenge' AND h.ref_id = c.id
) < round(c.bounty_fen * s.escrow_bp / 10000.0)
"""
WRONG_CLOSE = """
SELECT id, number FROM challenges_challenge
WHERE closes_at IS NOT NULL AND closes_at <> (deadline_date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
"""


def obligation_url(obligation: Any) -> str:
    """The challenge an escrow is for: its public page, or the firm's before the publication."""
    return Challenge.objects.get(pk=obligation.ref_id).get_absolute_url()


def install() -> None:
    """Register everything of this area."""
    for name, template in PHRASES.items():
        audit.phrases.register(name, template)
    handlers.register("my_work:challenges.listing", work_listing.items_for)
    handlers.register(f"obligation.url:{bounty.PURPOSE}", obligation_url)
    saved_searches.install()
    notices_listing.install()
    invariants.register("I14", _("Two challenges of a season never share a number."), NUMBER_TWICE)
    invariants.register("I3", _("What is published has its first share in escrow, or had it."), UNSECURED)
    invariants.register("I22", _("A challenge closes at the end of its last day in Shanghai."), WRONG_CLOSE)
