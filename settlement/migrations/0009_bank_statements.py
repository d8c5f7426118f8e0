"""Bank accounts, statements, lines, signed days, closed months; and the guards of all of them."""

import django.db.models.deletion
import foundation.core.clock
import foundation.core.models
from django.db import migrations, models

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from settlement.banklifecycle import LINE, MONTH, OWN_ACCOUNT

FACTS = """
CREATE FUNCTION settlement_bankline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'bank line: % is refused', TG_OP USING ERRCODE = 'check_violation';
  END IF;
  IF to_jsonb(NEW) - '{state,state_since,updated_at,reason,rule,note,payment_id,reverses_id}'::text[]
      <> to_jsonb(OLD) - '{state,state_since,updated_at,reason,rule,note,payment_id,reverses_id}'::text[] THEN
    RAISE EXCEPTION 'bank line %: what the bank wrote does not change', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_bankline_stays BEFORE UPDATE OR DELETE ON settlement_bankline
  FOR EACH ROW EXECUTE FUNCTION settlement_bankline_stays();
CREATE TRIGGER settlement_line_is_kept BEFORE TRUNCATE ON settlement_bankline
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_bankline_stays();
"""
NO_FACTS = """
DROP TRIGGER settlement_line_is_kept ON settlement_bankline;
DROP TRIGGER settlement_bankline_stays ON settlement_bankline;
DROP FUNCTION settlement_bankline_stays();
"""
# Closing takes the same lock exclusively: no entry slips in between the last look and the closing.
MONTHS = """
CREATE FUNCTION settlement_month_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7201, to_char(NEW.value_date, 'YYYYMM')::integer);
  IF EXISTS (
    SELECT 1 FROM settlement_accountingmonth
    WHERE month = date_trunc('month', NEW.value_date)::date AND state <> 'reopened'
  ) THEN
    RAISE EXCEPTION 'ledger: the month of % is closed', NEW.value_date USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_month_is_open BEFORE INSERT ON settlement_journalentry
  FOR EACH ROW EXECUTE FUNCTION settlement_month_is_open();
"""
NO_MONTHS = """
DROP TRIGGER settlement_month_is_open ON settlement_journalentry;
DROP FUNCTION settlement_month_is_open();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
        ('jobs', '0002_guards'),
        ('settlement', '0008_payouts'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountingMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('month', models.DateField(unique=True, verbose_name='month')),
                ('closed_by_id', models.BigIntegerField(null=True)),
                ('closed_at', foundation.core.models.AwareDateTimeField(verbose_name='closed at')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'Accounting month',
                'verbose_name_plural': 'Accounting months',
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='BankStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('format', models.CharField(max_length=20, verbose_name='format')),
                ('statement_id', models.CharField(blank=True, max_length=64, verbose_name='statement')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='to')),
                ('opening_fen', models.BigIntegerField(null=True)),
                ('closing_fen', models.BigIntegerField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('imported_by_id', models.BigIntegerField(null=True)),
                ('imported_at', foundation.core.models.AwareDateTimeField(verbose_name='imported at')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.importbatch')),
            ],
            options={
                'verbose_name': 'Bank statement',
                'verbose_name_plural': 'Bank statements',
                'ordering': ['-last_day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('sequence', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=64)),
                ('booked_on', models.DateField(verbose_name='booked')),
                ('booked_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('value_date', models.DateField(verbose_name='value date')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(max_length=3)),
                ('counts', models.BooleanField(default=True)),
                ('is_reversal', models.BooleanField(default=False)),
                ('transaction_id', models.CharField(blank=True, max_length=128, verbose_name='bank reference')),
                ('end_to_end_id', models.CharField(blank=True, max_length=128, verbose_name='end-to-end reference')),
                ('counterparty', models.CharField(blank=True, max_length=200, verbose_name='counterparty')),
                ('counterparty_account', models.CharField(blank=True, max_length=64, verbose_name="counterparty's account")),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='text')),
                ('balance_fen', models.BigIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('rule', models.CharField(blank=True, max_length=20)),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('payment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='settlement.payment')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='settlement.bankline')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.bankstatement')),
            ],
            options={
                'verbose_name': 'Line of a bank statement',
                'verbose_name_plural': 'Lines of bank statements',
                'ordering': ['account_id', 'booked_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LineEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tick', to='settlement.journalentry')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ticks', to='settlement.bankline')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('kind', models.CharField(choices=[('supervised', 'Supervised account (client money)'), ('operating', 'Operating account (own money)')], max_length=10, verbose_name='kind')),
                ('holder', models.CharField(max_length=200, verbose_name='account holder')),
                ('bank', models.CharField(max_length=200, verbose_name='bank')),
                ('account_number', models.CharField(max_length=64, verbose_name='account number')),
                ('currency', models.CharField(default='CNY', max_length=3, verbose_name='currency')),
                ('opening_fen', models.BigIntegerField(default=0, verbose_name='opening balance')),
                ('opening_date', models.DateField(verbose_name='kept here from')),
                ('proposed_by_id', models.BigIntegerField(null=True)),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'Own bank account',
                'verbose_name_plural': 'Own bank accounts',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('kind', 'currency'), name='settlement_one_account_a_kind'), models.CheckConstraint(condition=models.Q(('confirmed_by_id', None), models.Q(('confirmed_by_id', models.F('proposed_by_id')), _negated=True), _connector='OR'), name='settlement_own_account_two_persons')],
            },
        ),
        migrations.AddField(
            model_name='bankstatement',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='settlement.ownaccount'),
        ),
        migrations.AddField(
            model_name='bankline',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.ownaccount'),
        ),
        migrations.CreateModel(
            name='SignedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('lines', models.PositiveIntegerField(verbose_name='lines')),
                ('bank_fen', models.BigIntegerField(verbose_name='balance at the bank')),
                ('ledger_fen', models.BigIntegerField(verbose_name='balance in the ledger')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('signed_by_id', models.BigIntegerField()),
                ('signed_at', foundation.core.models.AwareDateTimeField(verbose_name='signed at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signed_days', to='settlement.ownaccount')),
            ],
            options={
                'verbose_name': 'Signed day',
                'verbose_name_plural': 'Signed days',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TransferReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='reference')),
                ('created_at', foundation.core.models.AwareDateTimeField()),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer_reference', to='settlement.obligation')),
            ],
            options={
                'verbose_name': 'Transfer reference',
                'verbose_name_plural': 'Transfer references',
            },
        ),
        migrations.AddConstraint(
            model_name='bankstatement',
            constraint=models.UniqueConstraint(fields=('account', 'sha256', 'position'), name='settlement_statement_once'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(fields=['account', 'booked_on'], name='settlement_line_of_day'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(condition=models.Q(('state__in', ['new', 'queued', 'parked'])), fields=['state', 'id'], name='settlement_line_waiting'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(fields=['account', 'amount_fen', 'booked_on'], name='settlement_line_amount'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('account', 'key'), name='settlement_line_once'),
        ),
        migrations.AddIndex(
            model_name='signedday',
            index=models.Index(fields=['account', 'day'], name='settlement_signed_day'),
        ),
        migrations.RunSQL(FACTS, NO_FACTS),
        migrations.RunSQL(MONTHS, NO_MONTHS),
        AppendOnly("settlement_bankstatement"),
        AppendOnly("settlement_lineentry"),
        AppendOnly("settlement_signedday"),
        AppendOnly("settlement_transferreference"),
        InstallStateGuard("settlement.OwnAccount", OWN_ACCOUNT),
        InstallStateGuard("settlement.BankLine", LINE),
        InstallStateGuard("settlement.AccountingMonth", MONTH),
    ]
