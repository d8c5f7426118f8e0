"""What must always hold for panels, scores and the selection, as SQL that finds the rows that break it."""

from foundation import audit
from foundation.core.marks import _

CONFLICTED = """
SELECT s.id, s.alias FROM challenges_seat s
WHERE s.state IN ('invited', 'accepted', 'done') AND EXISTS (
  SELECT 1 FROM challenges_conflict c WHERE c.expert_id = s.expert_id AND c.challenge_id = s.challenge_id
)
"""
NOT_DRAWN = """
SELECT s.id, s.alias FROM challenges_seat s JOIN challenges_draw d ON d.id = s.draw_id
WHERE NOT d.drawn @> to_jsonb(s.expert_id) OR d.excluded ? s.expert_id::text OR d.challenge_id <> s.challenge_id
"""
INCOMPLETE = """
SELECT DISTINCT s.id, s.alias, p.number FROM challenges_seat s
JOIN challenges_proposal p ON p.challenge_id = s.challenge_id
  AND p.state NOT IN ('draft', 'submitted', 'withdrawn', 'not_submitted', 'dropped', 'opened', 'ineligible')
JOIN challenges_criterion k ON k.challenge_id = s.challenge_id
LEFT JOIN challenges_score x ON x.seat_id = s.id AND x.proposal_id = p.id AND x.criterion_id = k.id
WHERE s.state = 'done' AND x.handed_in_at IS NULL
"""
OUTSIDE = """
SELECT c.id, c.number FROM challenges_challenge c
JOIN challenges_seat s ON s.challenge_id = c.id AND s.state IN ('invited', 'accepted', 'done')
GROUP BY c.id HAVING 3 * count(*) FILTER (WHERE s.is_outside) < 2 * count(*)
"""
WITHOUT_FEEDBACK = """
SELECT p.id, p.number FROM challenges_proposal p
WHERE p.state = 'rejected' AND NOT EXISTS (SELECT 1 FROM challenges_feedback f WHERE f.proposal_id = p.id)
"""
WINNER_WITHOUT_AWARD = """
SELECT p.id, p.number FROM challenges_proposal p
WHERE p.state = 'winner' AND NOT EXISTS (
  SELECT 1 FROM challenges_award a WHERE a.proposal_id = p.id AND a.state <> 'set_aside'
)
"""


def install() -> None:
    """Register the checks of judging."""
    rows = [
        ("I19", _("Nobody with a conflict sits on the panel."), CONFLICTED),
        ("I19", _("Whoever sits was drawn."), NOT_DRAWN),
        ("I14", _("An expert who is done scored every proposal by every criterion."), INCOMPLETE),
        ("I14", _("Two thirds of a panel are from outside the firm."), OUTSIDE),
        ("I14", _("Every team that was rejected got feedback."), WITHOUT_FEEDBACK),
        ("I14", _("Every winner has an award."), WINNER_WITHOUT_AWARD),
    ]
    for key, sentence, sql in rows:
        audit.invariants.register(key, sentence, sql)
