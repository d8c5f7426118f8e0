"""What must always hold for contracts of challenges and their money, as SQL that finds the rows that break it."""

from foundation import audit
from foundation.core.marks import _

HOLDS = "settlement_hold h WHERE h.purpose = 'challenge.bounty' AND h.ref_kind = 'challenges.challenge'"
PAID_OUT = """
SELECT m.award_id, a.challenge_id, p.amount_fen FROM challenges_payout p
JOIN challenges_milestone m ON m.id = p.milestone_id JOIN challenges_award a ON a.id = m.award_id
"""
ESCROW_DIFFERS = f"""
SELECT c.id, c.number, x.paid_in, x.used, x.back, coalesce(b.balance, 0) AS held FROM challenges_challenge c
JOIN (
  SELECT h.ref_id, sum(h.amount_fen) AS paid_in, sum(h.used_fen) AS used, sum(h.returned_fen) AS back
  FROM {HOLDS} GROUP BY h.ref_id
) x ON x.ref_id = c.id
LEFT JOIN (
  SELECT o.ref_id, sum(p.credit_fen - p.debit_fen) AS balance FROM settlement_posting p
  JOIN settlement_obligation o ON p.ref_kind = 'settlement.obligation' AND p.ref_id = o.id
  JOIN settlement_hold h ON h.obligation_id = o.id
  WHERE p.account_id = '2004' AND o.purpose = 'challenge.bounty' GROUP BY o.ref_id
) b ON b.ref_id = c.id
WHERE coalesce(b.balance, 0) <> x.paid_in - x.used - x.back
"""  # noqa: S608, own names
PAID_DIFFERS = f"""
SELECT c.id, c.number, coalesce(h.used, 0) AS used, coalesce(p.paid, 0) AS paid FROM challenges_challenge c
LEFT JOIN (SELECT h.ref_id, sum(h.used_fen) AS used FROM {HOLDS} GROUP BY h.ref_id) h ON h.ref_id = c.id
LEFT JOIN (SELECT challenge_id, sum(amount_fen) AS paid FROM ({PAID_OUT}) q GROUP BY challenge_id) p
  ON p.challenge_id = c.id
WHERE coalesce(h.used, 0) <> coalesce(p.paid, 0)
"""  # noqa: S608
PAID_WRONGLY = """
SELECT m.id, m.award_id, m.state, m.amount_fen, p.amount_fen AS paid FROM challenges_milestone m
LEFT JOIN challenges_payout p ON p.milestone_id = m.id
WHERE (m.state = 'accepted') <> (p.id IS NOT NULL) OR p.amount_fen <> m.amount_fen
"""
PAYABLE_DIFFERS = """
SELECT m.id, p.amount_fen AS paid, coalesce(b.credited, 0) AS credited FROM challenges_payout p
JOIN challenges_milestone m ON m.id = p.milestone_id
LEFT JOIN (
  SELECT ref_id, sum(credit_fen) AS credited FROM settlement_posting
  WHERE account_id = '2011' AND ref_kind = 'challenges.milestone' AND entry_id IN (
    SELECT id FROM settlement_journalentry WHERE kind = 'bounty_accepted'
  ) GROUP BY ref_id
) b ON b.ref_id = m.id
WHERE p.amount_fen <> coalesce(b.credited, 0)
"""
PLAN_DIFFERS = """
SELECT a.id, a.number, a.amount_fen, sum(m.amount_fen) AS planned FROM challenges_award a
JOIN challenges_milestone m ON m.award_id = a.id
GROUP BY a.id, a.number, a.amount_fen HAVING sum(m.amount_fen) <> a.amount_fen
"""
MORE_THAN_BOUNTY = """
SELECT c.id, c.number, c.bounty_fen, sum(a.amount_fen) AS awarded FROM challenges_challenge c
JOIN challenges_award a ON a.challenge_id = c.id AND a.state <> 'set_aside'
JOIN challenges_proposal p ON p.id = a.proposal_id AND p.state <> 'fell_through'
GROUP BY c.id, c.number, c.bounty_fen HAVING sum(a.amount_fen) > c.bounty_fen
"""
UNCOVERED = f"""
SELECT a.challenge_id, sum(m.amount_fen) AS in_work, coalesce(max(h.held), 0) AS held FROM challenges_milestone m
JOIN challenges_award a ON a.id = m.award_id
LEFT JOIN (
  SELECT h.ref_id, sum(h.amount_fen - h.used_fen - h.returned_fen) AS held FROM {HOLDS} GROUP BY h.ref_id
) h ON h.ref_id = a.challenge_id
WHERE m.state IN ('due', 'submitted', 'in_review', 'rework')
GROUP BY a.challenge_id HAVING sum(m.amount_fen) > coalesce(max(h.held), 0)
"""  # noqa: S608
KEPT_AFTER_END = f"""
SELECT c.id, c.number, c.state, h.held FROM challenges_challenge c
JOIN (
  SELECT h.ref_id, sum(h.amount_fen - h.used_fen - h.returned_fen) AS held FROM {HOLDS} GROUP BY h.ref_id
) h ON h.ref_id = c.id
WHERE h.held <> 0 AND c.state IN ('completed', 'failed', 'terminated', 'no_award', 'cancelled')
"""  # noqa: S608
SIGNED_BY_ONE = """
SELECT id, number, state FROM challenges_award WHERE state IN ('running', 'completed', 'failed') AND (
  owner_signed_at IS NULL OR solver_signed_at IS NULL OR owner_signed_by_id = solver_signed_by_id
  OR contract_sha256 = ''
)
"""
REWORKED_TOO_OFTEN = """
SELECT m.id, m.reworks, r.times FROM challenges_milestone m
JOIN (
  SELECT d.milestone_id, count(*) AS times FROM challenges_acceptance x
  JOIN challenges_deliverable d ON d.id = x.deliverable_id WHERE x.outcome = 'rework' GROUP BY d.milestone_id
) r ON r.milestone_id = m.id
JOIN challenges_award a ON a.id = m.award_id JOIN challenges_challenge c ON c.id = a.challenge_id
JOIN challenges_listseason s ON s.id = c.season_id
WHERE r.times <> m.reworks OR r.times > s.rework_times
"""


def install() -> None:
    """Register the checks of contracts, milestones and their money."""
    rows = [
        (
            "I3",
            _("The escrow of a challenge is what was paid in, less what was paid out and given back."),
            ESCROW_DIFFERS,
        ),
        ("I3", _("What left the escrow of a challenge for teams was paid for milestones."), PAID_DIFFERS),
        ("I3", _("The escrow of a challenge covers every milestone in work."), UNCOVERED),
        ("I3", _("Nothing is kept in the escrow of a challenge that has ended."), KEPT_AFTER_END),
        ("I12", _("A milestone is paid once, in full, and only when it is accepted."), PAID_WRONGLY),
        ("I12", _("What a milestone paid stands in its team's sub-account."), PAYABLE_DIFFERS),
        ("I12", _("The awards of a challenge are at most its bounty."), MORE_THAN_BOUNTY),
        ("I12", _("The milestones of a contract add up to its amount."), PLAN_DIFFERS),
        ("I14", _("Work runs only under a contract that both sides signed, two persons."), SIGNED_BY_ONE),
        ("I14", _("A milestone goes back for rework as often as it says, and twice at most."), REWORKED_TOO_OFTEN),
    ]
    for key, sentence, sql in rows:
        audit.invariants.register(key, sentence, sql)
