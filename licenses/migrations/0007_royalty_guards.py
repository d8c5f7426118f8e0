"""Periods and inspections follow their lifecycles; a report that was sent never changes, nor its lines and papers."""

from django.db import migrations

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from licenses.royalty_lifecycle import INSPECTION, ROYALTY_PERIOD

REFUSE_SENT = """
CREATE OR REPLACE FUNCTION kaixu_report_is_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.reported_at IS NOT NULL THEN
    RAISE EXCEPTION 'a royalty report that was sent never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER kaixu_report_sent BEFORE UPDATE OR DELETE ON licenses_royaltyreport
  FOR EACH ROW EXECUTE FUNCTION kaixu_report_is_sent();

CREATE OR REPLACE FUNCTION kaixu_report_part_is_sent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint[] := ARRAY[]::bigint[];
BEGIN
  IF TG_OP <> 'INSERT' THEN concerned := concerned || OLD.report_id; END IF;
  IF TG_OP <> 'DELETE' THEN concerned := concerned || NEW.report_id; END IF;
  IF EXISTS (SELECT 1 FROM licenses_royaltyreport WHERE id = ANY (concerned) AND reported_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a royalty report that was sent never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER kaixu_report_part_sent BEFORE INSERT OR UPDATE OR DELETE ON licenses_reportline
  FOR EACH ROW EXECUTE FUNCTION kaixu_report_part_is_sent();
CREATE TRIGGER kaixu_report_part_sent BEFORE INSERT OR UPDATE OR DELETE ON licenses_reportpaper
  FOR EACH ROW EXECUTE FUNCTION kaixu_report_part_is_sent();
CREATE TRIGGER kaixu_report_emptied BEFORE TRUNCATE ON licenses_royaltyreport
  FOR EACH STATEMENT EXECUTE FUNCTION kaixu_append_only();
CREATE TRIGGER kaixu_report_emptied BEFORE TRUNCATE ON licenses_reportline
  FOR EACH STATEMENT EXECUTE FUNCTION kaixu_append_only();
CREATE TRIGGER kaixu_report_emptied BEFORE TRUNCATE ON licenses_reportpaper
  FOR EACH STATEMENT EXECUTE FUNCTION kaixu_append_only();
"""
ALLOW = """
DROP TRIGGER IF EXISTS kaixu_report_sent ON licenses_royaltyreport;
DROP TRIGGER IF EXISTS kaixu_report_part_sent ON licenses_reportline;
DROP TRIGGER IF EXISTS kaixu_report_part_sent ON licenses_reportpaper;
DROP TRIGGER IF EXISTS kaixu_report_emptied ON licenses_royaltyreport;
DROP TRIGGER IF EXISTS kaixu_report_emptied ON licenses_reportline;
DROP TRIGGER IF EXISTS kaixu_report_emptied ON licenses_reportpaper;
DROP FUNCTION IF EXISTS kaixu_report_is_sent();
DROP FUNCTION IF EXISTS kaixu_report_part_is_sent();
"""


class Migration(migrations.Migration):
    dependencies = [("licenses", "0006_royalties"), ("audit", "0002_guards")]
    operations = [
        InstallStateGuard("licenses.RoyaltyPeriod", ROYALTY_PERIOD),
        InstallStateGuard("licenses.RoyaltyInspection", INSPECTION),
        AppendOnly("licenses_reportremark"),
        AppendOnly("licenses_inspectionfinding"),
        migrations.RunSQL(REFUSE_SENT, ALLOW),
    ]
