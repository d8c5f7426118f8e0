"""The chart's accounts, and the guards: entries balance, are only added, and never grow later; states follow tables."""

from django.db import migrations

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from settlement.chart import ACCOUNTS
from settlement.lifecycle import CASE, OBLIGATION, PAYMENT, REFUND

BALANCED = """
CREATE FUNCTION settlement_note_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.xact := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_note_transaction BEFORE INSERT ON settlement_journalentry
  FOR EACH ROW EXECUTE FUNCTION settlement_note_transaction();

CREATE FUNCTION settlement_check_entry(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lines integer;
  uneven integer;
BEGIN
  SELECT coalesce(sum(n), 0), count(*) FILTER (WHERE debit <> credit) INTO lines, uneven FROM (
    SELECT count(*) AS n, sum(debit_fen) AS debit, sum(credit_fen) AS credit
    FROM settlement_posting WHERE entry_id = checked GROUP BY currency
  ) sides;
  IF lines < 2 THEN
    RAISE EXCEPTION 'ledger: entry % has fewer than two postings', checked USING ERRCODE = 'check_violation';
  END IF;
  IF uneven > 0 THEN
    RAISE EXCEPTION 'ledger: debits and credits of entry % differ', checked USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE FUNCTION settlement_entry_is_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settlement_check_entry(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_entry_is_balanced AFTER INSERT ON settlement_journalentry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_entry_is_balanced();

CREATE FUNCTION settlement_posting_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM settlement_journalentry WHERE id = NEW.entry_id AND xact = pg_current_xact_id()::text::bigint
  ) THEN
    RAISE EXCEPTION 'ledger: entry % takes no more postings', NEW.entry_id USING ERRCODE = 'check_violation';
  END IF;
  PERFORM settlement_check_entry(NEW.entry_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_posting_belongs AFTER INSERT ON settlement_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_posting_belongs();
"""
UNBALANCED = """
DROP TRIGGER settlement_posting_belongs ON settlement_posting;
DROP TRIGGER settlement_entry_is_balanced ON settlement_journalentry;
DROP TRIGGER settlement_note_transaction ON settlement_journalentry;
DROP FUNCTION settlement_posting_belongs();
DROP FUNCTION settlement_entry_is_balanced();
DROP FUNCTION settlement_check_entry(bigint);
DROP FUNCTION settlement_note_transaction();
"""


def seed_accounts(apps, schema_editor):
    LedgerAccount = apps.get_model("settlement", "LedgerAccount")
    for account in ACCOUNTS.values():
        LedgerAccount.objects.update_or_create(
            code=account.code, defaults={"type": str(account.type), "is_client_money": account.client}
        )


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("audit", "0002_guards"), ("core", "0001_initial")]

    operations = [
        migrations.RunPython(seed_accounts, migrations.RunPython.noop),
        migrations.RunSQL(BALANCED, UNBALANCED),
        AppendOnly("settlement_journalentry"),
        AppendOnly("settlement_posting"),
        InstallStateGuard("settlement.Obligation", OBLIGATION),
        InstallStateGuard("settlement.Payment", PAYMENT),
        InstallStateGuard("settlement.Refund", REFUND),
        InstallStateGuard("settlement.Case", CASE),
    ]
