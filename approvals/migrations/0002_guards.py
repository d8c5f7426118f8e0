"""Cases follow their lifecycle; decisions never change; nobody decides a case of their own."""

from django.db import migrations

from approvals.lifecycle import REVIEW
from foundation.core.dbguards import AppendOnly, InstallStateGuard

FOUR_EYES = """
CREATE FUNCTION approvals_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM approvals_review r
    WHERE r.id = NEW.review_id AND r.opener_user_id = NEW.opener_id AND r.opener_user_id <> NEW.maker_id
  ) THEN
    RAISE EXCEPTION 'four eyes: decision % is not made by a second person', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER approvals_maker_not_opener AFTER INSERT ON approvals_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approvals_four_eyes();
CREATE FUNCTION approvals_opener_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.opener_user_id <> OLD.opener_user_id OR NEW.organization_id <> OLD.organization_id THEN
    RAISE EXCEPTION 'review %: the opener does not change', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_opener_stays BEFORE UPDATE ON approvals_review
  FOR EACH ROW EXECUTE FUNCTION approvals_opener_stays();
"""
UNDO = """
DROP TRIGGER approvals_opener_stays ON approvals_review;
DROP FUNCTION approvals_opener_stays();
DROP TRIGGER approvals_maker_not_opener ON approvals_decision;
DROP FUNCTION approvals_four_eyes();
"""


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("audit", "__first__"), ("core", "__first__")]

    operations = [
        InstallStateGuard("approvals.Review", REVIEW),
        AppendOnly("approvals_decision"),
        migrations.RunSQL(FOUR_EYES, UNDO),
    ]
