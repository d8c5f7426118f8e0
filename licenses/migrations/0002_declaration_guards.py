"""Declarations and terms follow their lifecycles; terms never change once submitted; the first ceilings."""

from datetime import date

from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from licenses.lifecycle import DECLARATION, TERMS_VERSION

# What may change after submission: the states, not the terms.
IMMUTABLE = """
CREATE FUNCTION licenses_terms_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['state', 'state_since', 'updated_at', 'publish_due_at', 'enacted_at', 'superseded_at',
                       'cnipa_status', 'cnipa_date', 'cnipa_reference', 'cnipa_reason'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'terms %: submitted terms are not deleted', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND (to_jsonb(OLD) - free) <> (to_jsonb(NEW) - free) THEN
    RAISE EXCEPTION 'terms %: submitted terms do not change', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.content_hash <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'terms %: the digest is not that of the content', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER licenses_terms_immutable BEFORE INSERT OR UPDATE OR DELETE ON licenses_termsversion
  FOR EACH ROW EXECUTE FUNCTION licenses_terms_immutable();
CREATE FUNCTION licenses_terms_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'terms: TRUNCATE is refused' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER licenses_terms_kept BEFORE TRUNCATE ON licenses_termsversion
  FOR EACH STATEMENT EXECUTE FUNCTION licenses_terms_kept();
"""
UNDO = """
DROP TRIGGER licenses_terms_kept ON licenses_termsversion;
DROP FUNCTION licenses_terms_kept();
DROP TRIGGER licenses_terms_immutable ON licenses_termsversion;
DROP FUNCTION licenses_terms_immutable();
"""


def first_policy(apps, schema_editor):
    """The usual ceilings: CNY 20,000,000; 20 % of net sales; 40 % of profit."""
    apps.get_model("licenses", "PricingPolicy").objects.get_or_create(
        valid_from=date(2024, 7, 1),
        defaults={
            "source": "国知发运字〔2024〕19号",
            "max_fixed_fen": 2_000_000_000,
            "max_net_sales_bp": 2_000,
            "max_profit_bp": 4_000,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("licenses", "0001_initial"), ("audit", "__first__"), ("core", "__first__")]

    operations = [
        InstallStateGuard("licenses.Declaration", DECLARATION),
        InstallStateGuard("licenses.TermsVersion", TERMS_VERSION),
        migrations.RunSQL(IMMUTABLE, UNDO),
        migrations.RunPython(first_policy, migrations.RunPython.noop),
    ]
