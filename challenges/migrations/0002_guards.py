"""States follow their tables; copies, draws, shares, signatures and payments are never changed; nor are rules or scores
once they are fixed."""

from django.db import migrations

from challenges.lifecycle import CHALLENGE, SEASON
from challenges.lifecycle_parties import AWARD, MILESTONE, PROPOSAL, SEAT
from foundation.core.dbguards import AppendOnly, InstallStateGuard

# The columns as they were when this guard was made; a new rule needs a new migration.
COLUMNS = (
    "code", "escrow_bp", "least_open_days", "questions_end_days", "panel_size", "reserve_experts", "invitation_days",
    "is_blind", "drop_extremes", "most_winners", "notice_days", "contract_days", "rework_times", "acceptance_days",
    "nda_zh_hans", "nda_en", "commitment_zh_hans", "commitment_en",
)  # fmt: skip
OLD, NEW = (", ".join(f"{side}.{name}" for name in COLUMNS) for side in ("OLD", "NEW"))
FIX = f"""
CREATE OR REPLACE FUNCTION kaixu_list_rules_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND ROW({OLD}) IS DISTINCT FROM ROW({NEW}) THEN
    RAISE EXCEPTION 'list season: the rules of % are fixed since its call', OLD.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kaixu_list_rules_fixed BEFORE UPDATE ON challenges_listseason
  FOR EACH ROW EXECUTE FUNCTION kaixu_list_rules_fixed();
CREATE OR REPLACE FUNCTION kaixu_score_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.handed_in_at IS NOT NULL THEN
    RAISE EXCEPTION 'score: handed in is handed in' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER kaixu_score_handed_in BEFORE UPDATE OR DELETE ON challenges_score
  FOR EACH ROW EXECUTE FUNCTION kaixu_score_handed_in();
"""
UNDO = """
DROP TRIGGER IF EXISTS kaixu_list_rules_fixed ON challenges_listseason;
DROP FUNCTION IF EXISTS kaixu_list_rules_fixed();
DROP TRIGGER IF EXISTS kaixu_score_handed_in ON challenges_score;
DROP FUNCTION IF EXISTS kaixu_score_handed_in();
"""


class Migration(migrations.Migration):
    dependencies = [("challenges", "0001_initial"), ("audit", "0005_sealed_events")]

    operations = [
        InstallStateGuard("challenges.ListSeason", SEASON),
        InstallStateGuard("challenges.Challenge", CHALLENGE),
        InstallStateGuard("challenges.Proposal", PROPOSAL),
        InstallStateGuard("challenges.Seat", SEAT),
        InstallStateGuard("challenges.Award", AWARD),
        InstallStateGuard("challenges.Milestone", MILESTONE),
        AppendOnly("challenges_sealedcopy"),
        AppendOnly("challenges_openedproposal"),
        AppendOnly("challenges_sharehandedin"),
        AppendOnly("challenges_draw"),
        AppendOnly("challenges_ndasignature"),
        AppendOnly("challenges_payout"),
        migrations.RunSQL(FIX, UNDO),
    ]
