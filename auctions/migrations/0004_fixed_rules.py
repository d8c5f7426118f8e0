"""From the announcement on the rules of a season stay as they are, whoever tries to change them."""

from django.db import migrations

# The columns as they were when this guard was made; a new rule needs a new migration.
COLUMNS = (
    "legal_form", "house_name", "house_license", "auctioneer_name", "auctioneer_license", "deposit_bp", "increments",
    "commissions", "max_steps", "on_grid", "own_raise", "window_seconds", "extension_seconds", "hard_limit",
    "resume_at", "notice_days", "viewing_days", "priority_days", "confirmation_days", "balance_days",
    "public_notice_days", "relist_cut_bp", "forfeit_platform_bp", "offer_to_underbidder", "agreement_zh_hans",
    "agreement_en", "code",
)  # fmt: skip
OLD, NEW = (", ".join(f"{side}.{name}" for name in COLUMNS) for side in ("OLD", "NEW"))
FIX = f"""
CREATE OR REPLACE FUNCTION kaixu_season_rules_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND ROW({OLD}) IS DISTINCT FROM ROW({NEW}) THEN
    RAISE EXCEPTION 'season: the rules of % are fixed since its announcement', OLD.code
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kaixu_season_rules_fixed BEFORE UPDATE ON auctions_season
  FOR EACH ROW EXECUTE FUNCTION kaixu_season_rules_fixed();
CREATE OR REPLACE FUNCTION kaixu_session_dates_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'planned' AND ROW(OLD.season_id, OLD.position, OLD.viewing_from, OLD.viewing_until,
      OLD.registration_until_at, OLD.starts_at, OLD.planned_ends_at, OLD.notice_at)
    IS DISTINCT FROM ROW(NEW.season_id, NEW.position, NEW.viewing_from, NEW.viewing_until,
      NEW.registration_until_at, NEW.starts_at, NEW.planned_ends_at, NEW.notice_at) THEN
    RAISE EXCEPTION 'session: the dates stand as they were published' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER kaixu_session_dates_fixed BEFORE UPDATE ON auctions_session
  FOR EACH ROW EXECUTE FUNCTION kaixu_session_dates_fixed();
"""
UNDO = """
DROP TRIGGER IF EXISTS kaixu_season_rules_fixed ON auctions_season;
DROP FUNCTION IF EXISTS kaixu_season_rules_fixed();
DROP TRIGGER IF EXISTS kaixu_session_dates_fixed ON auctions_session;
DROP FUNCTION IF EXISTS kaixu_session_dates_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("auctions", "0003_place_bid")]
    operations = [migrations.RunSQL(FIX, UNDO)]
