"""Shares of income, policies, distributions and invoices: what is laid down is only added, parts make the whole."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import foundation.core.clock
import foundation.core.models
from django.conf import settings
from django.db import migrations, models

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from settlement.lifecycle_income import DISTRIBUTION, INVOICE

PARTS_MAKE_THE_WHOLE = """
CREATE FUNCTION settlement_income_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM settlement_income i WHERE i.id = NEW.income_id
      AND i.amount_fen <> (SELECT sum(amount_fen) FROM settlement_ownershare WHERE income_id = i.id)
  ) THEN
    RAISE EXCEPTION 'distribution: shares of income % do not make the whole', NEW.income_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_income_is_whole AFTER INSERT ON settlement_ownershare
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_income_is_whole();

CREATE FUNCTION settlement_distribution_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM settlement_distribution d WHERE d.id = NEW.distribution_id
      AND d.income_fen <> (SELECT sum(amount_fen) FROM settlement_distributionline WHERE distribution_id = d.id)
  ) THEN
    RAISE EXCEPTION 'distribution: lines of % do not make the income', NEW.distribution_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_distribution_is_whole AFTER INSERT ON settlement_distributionline
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_distribution_is_whole();

CREATE FUNCTION settlement_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'accepted_at' - 'paid_at') <> (to_jsonb(OLD) - 'accepted_at' - 'paid_at')
  THEN
    RAISE EXCEPTION 'distribution: a line is not changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_line_stays BEFORE UPDATE OR DELETE ON settlement_distributionline
  FOR EACH ROW EXECUTE FUNCTION settlement_line_stays();
CREATE TRIGGER settlement_lines_stay BEFORE TRUNCATE ON settlement_distributionline
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_line_stays();
"""
UNDONE = """
DROP TRIGGER settlement_lines_stay ON settlement_distributionline;
DROP TRIGGER settlement_line_stays ON settlement_distributionline;
DROP TRIGGER settlement_distribution_is_whole ON settlement_distributionline;
DROP TRIGGER settlement_income_is_whole ON settlement_ownershare;
DROP FUNCTION settlement_line_stays();
DROP FUNCTION settlement_distribution_is_whole();
DROP FUNCTION settlement_income_is_whole();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0007_freezes'),
        ('accounts', '0003_reference_tables'),
        ('patents', '0002_classification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Income',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='contract registration')),
                ('shared_at', foundation.core.models.AwareDateTimeField(verbose_name='shared at')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incomes', to='settlement.obligation')),
                ('patent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.patent')),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='income', to='settlement.release')),
            ],
            options={
                'verbose_name': 'Income',
                'verbose_name_plural': 'Incomes',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='IncomePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('inventors_bp', models.PositiveIntegerField(verbose_name="inventors' share")),
                ('department_bp', models.PositiveIntegerField(default=0, verbose_name="department's share")),
                ('institution_bp', models.PositiveIntegerField(default=0, verbose_name="institution's share")),
                ('manager_bp', models.PositiveIntegerField(default=0, verbose_name="technology manager's share")),
                ('deducts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('vat', 'VAT'), ('stamp', 'Stamp duty'), ('maintenance', 'Annual fees and maintenance'), ('evaluation', 'Evaluation'), ('auction', 'Auction costs'), ('agency', 'Agency fees')], max_length=20), blank=True, default=list, size=None)),
                ('double_return', models.BooleanField(default=False, verbose_name='returns twice what an inventor paid')),
                ('delegates_payout', models.BooleanField(default=False, verbose_name='the platform pays the inventors')),
                ('notice_workdays', models.PositiveSmallIntegerField(verbose_name='notice in working days')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='document')),
                ('made_by_id', models.BigIntegerField(null=True)),
                ('made_at', foundation.core.models.AwareDateTimeField(verbose_name='laid down at')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'Income policy',
                'verbose_name_plural': 'Income policies',
                'ordering': ['institution', '-version'],
            },
        ),
        migrations.CreateModel(
            name='InventorAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('agreed_on', models.DateField(verbose_name='agreed on')),
                ('made_by_id', models.BigIntegerField(null=True)),
                ('made_at', foundation.core.models.AwareDateTimeField(verbose_name='noted at')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.patent')),
            ],
            options={
                'verbose_name': "Inventors' agreement",
                'verbose_name_plural': "Inventors' agreements",
                'ordering': ['patent', '-version'],
            },
        ),
        migrations.CreateModel(
            name='InventorShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='inventor')),
                ('weight', models.PositiveIntegerField(verbose_name='weight')),
                ('position', models.PositiveSmallIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='settlement.inventoragreement')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': "Inventor's share",
                'verbose_name_plural': "Inventors' shares",
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('ordinary', 'Ordinary invoice'), ('special', 'Special VAT invoice')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='invoice title')),
                ('uscc', models.CharField(blank=True, max_length=30, verbose_name='taxpayer number')),
                ('code', models.CharField(max_length=20, null=True, unique=True, verbose_name='invoice code')),
                ('issued_on', models.DateField(null=True, verbose_name='issued on')),
                ('sent_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='sent at')),
                ('registration_number', models.CharField(blank=True, max_length=60, verbose_name='contract registration')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('requested_by_id', models.BigIntegerField(null=True)),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='buyer')),
                ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='seller')),
                ('reverses', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='red_letters', to='settlement.invoice')),
            ],
            options={
                'verbose_name': 'Invoice',
                'verbose_name_plural': 'Invoices',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('component', models.CharField(choices=[('license_fee', 'License fee'), ('entry_fee', 'Entry fee'), ('royalty', 'Royalty'), ('late_fee', 'Fee for late payment'), ('service_fee', 'Platform service fee'), ('other', 'Other')], max_length=20, verbose_name='component')),
                ('label', models.CharField(max_length=500, verbose_name='what it is for')),
                ('net_fen', models.BigIntegerField(verbose_name='net')),
                ('vat_fen', models.BigIntegerField(verbose_name='VAT')),
                ('rate_bp', models.PositiveIntegerField(verbose_name='rate')),
                ('exempt_reason', models.CharField(blank=True, max_length=200, verbose_name='why nothing is due')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.invoice')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_lines', to='settlement.obligation')),
            ],
            options={
                'verbose_name': 'Line of an invoice',
                'verbose_name_plural': 'Lines of an invoice',
                'ordering': ['invoice', 'position'],
            },
        ),
        migrations.CreateModel(
            name='OwnerShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='owner')),
                ('weight', models.PositiveIntegerField(verbose_name='weight')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('position', models.PositiveSmallIntegerField()),
                ('income', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='settlement.income')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'verbose_name': "Owner's share",
                'verbose_name_plural': "Owners' shares",
                'ordering': ['income', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Distribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('income_fen', models.BigIntegerField(verbose_name='income')),
                ('net_fen', models.BigIntegerField(verbose_name='net income')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('delegated', models.BooleanField(default=False, verbose_name='the platform pays the inventors')),
                ('received_on', models.DateField(verbose_name='received on')),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
                ('notice_from', foundation.core.models.AwareDateTimeField(null=True, verbose_name='notice from')),
                ('notice_until', foundation.core.models.AwareDateTimeField(null=True, verbose_name='notice until')),
                ('payout_note', models.CharField(blank=True, max_length=200, verbose_name='how it was paid')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.patent')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.incomepolicy')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='distributions', to='settlement.ownershare')),
            ],
            options={
                'verbose_name': 'Distribution',
                'verbose_name_plural': 'Distributions',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PatentCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('maintenance', 'Annual fees and maintenance'), ('evaluation', 'Evaluation'), ('auction', 'Auction costs'), ('agency', 'Agency fees')], max_length=20, verbose_name='kind')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('borne_by', models.CharField(blank=True, max_length=100, verbose_name='inventor who paid')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('made_by_id', models.BigIntegerField(null=True)),
                ('made_at', foundation.core.models.AwareDateTimeField(verbose_name='noted at')),
                ('borne_by_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patents.patent')),
            ],
            options={
                'verbose_name': 'Cost of a patent',
                'verbose_name_plural': 'Costs of patents',
                'ordering': ['paid_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DistributionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vat', 'VAT'), ('stamp', 'Stamp duty'), ('cost', 'Cost'), ('return', 'Cost returned to an inventor'), ('inventor', 'Inventor'), ('department', 'Department'), ('institution', 'Institution'), ('manager', 'Technology manager')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                ('weight', models.PositiveIntegerField(default=0)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('position', models.PositiveSmallIntegerField()),
                ('accepted_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='accepted at')),
                ('paid_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='paid at')),
                ('distribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.distribution')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cost', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='settlement.patentcost')),
            ],
            options={
                'verbose_name': 'Line of a distribution',
                'verbose_name_plural': 'Lines of a distribution',
                'ordering': ['distribution', 'position'],
            },
        ),
        migrations.CreateModel(
            name='DistributionObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('raised_at', foundation.core.models.AwareDateTimeField(verbose_name='raised at')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
                ('upheld', models.BooleanField(null=True, verbose_name='upheld')),
                ('answered_by_id', models.BigIntegerField(null=True)),
                ('answered_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='answered at')),
                ('distribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='settlement.distribution')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Objection to a distribution',
                'verbose_name_plural': 'Objections to distributions',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('distribution',), name='settlement_one_objection_to_answer'), models.CheckConstraint(condition=models.Q(('answered_by_id', None), models.Q(('answered_by_id', models.F('raised_by_id')), _negated=True), _connector='OR'), name='settlement_nobody_answers_oneself')],
            },
        ),
        migrations.AddConstraint(
            model_name='incomepolicy',
            constraint=models.UniqueConstraint(fields=('institution', 'version'), name='settlement_policy_version'),
        ),
        migrations.AddConstraint(
            model_name='incomepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('inventors_bp', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(10000), '-', models.F('department_bp')), '-', models.F('institution_bp')), '-', models.F('manager_bp')))), name='settlement_policy_makes_the_whole'),
        ),
        migrations.AddConstraint(
            model_name='inventoragreement',
            constraint=models.UniqueConstraint(fields=('patent', 'institution', 'version'), name='settlement_agreement_version'),
        ),
        migrations.AddConstraint(
            model_name='inventorshare',
            constraint=models.UniqueConstraint(fields=('agreement', 'position'), name='settlement_share_position'),
        ),
        migrations.AddConstraint(
            model_name='inventorshare',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='settlement_share_weighs'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['issuer', 'state'], name='settlement_invoices_issued'),
        ),
        migrations.AddIndex(
            model_name='invoice',
            index=models.Index(fields=['buyer', 'state'], name='settlement_invoices_received'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('code', None), ('code__regex', '^[0-9]{20}$'), _connector='OR'), name='settlement_invoice_code'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'withdrawn']), models.Q(('code__isnull', False), ('issued_on__isnull', False)), _connector='OR'), name='settlement_issued_with_a_code'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('issuer', models.F('buyer')), _negated=True), name='settlement_nobody_bills_oneself'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.UniqueConstraint(fields=('invoice', 'position'), name='settlement_invoice_position'),
        ),
        migrations.AddConstraint(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(('exempt_reason', ''), ('vat_fen', 0), _connector='OR'), name='settlement_exempt_without_vat'),
        ),
        migrations.AddIndex(
            model_name='ownershare',
            index=models.Index(fields=['organization'], name='settlement_share_of_owner'),
        ),
        migrations.AddConstraint(
            model_name='ownershare',
            constraint=models.UniqueConstraint(fields=('income', 'position'), name='settlement_owner_position'),
        ),
        migrations.AddIndex(
            model_name='distribution',
            index=models.Index(fields=['institution', 'state'], name='settlement_distributed_by'),
        ),
        migrations.AddIndex(
            model_name='distribution',
            index=models.Index(condition=models.Q(('state', 'notice')), fields=['notice_until'], name='settlement_notices_running'),
        ),
        migrations.AddConstraint(
            model_name='distribution',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('share',), name='settlement_one_distribution_a_share'),
        ),
        migrations.AddIndex(
            model_name='patentcost',
            index=models.Index(fields=['patent', 'institution'], name='settlement_costs_of_patent'),
        ),
        migrations.AddConstraint(
            model_name='patentcost',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_cost_positive'),
        ),
        migrations.AddIndex(
            model_name='distributionline',
            index=models.Index(fields=['user'], name='settlement_lines_of_inventor'),
        ),
        migrations.AddConstraint(
            model_name='distributionline',
            constraint=models.UniqueConstraint(fields=('distribution', 'position'), name='settlement_line_position'),
        ),
        migrations.AddConstraint(
            model_name='distributionline',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0)), name='settlement_line_not_negative'),
        ),
        migrations.RunSQL(PARTS_MAKE_THE_WHOLE, UNDONE),
        AppendOnly("settlement_income"),
        AppendOnly("settlement_ownershare"),
        AppendOnly("settlement_incomepolicy"),
        AppendOnly("settlement_patentcost"),
        AppendOnly("settlement_inventoragreement"),
        AppendOnly("settlement_inventorshare"),
        AppendOnly("settlement_invoiceline"),
        InstallStateGuard("settlement.Distribution", DISTRIBUTION),
        InstallStateGuard("settlement.Invoice", INVOICE),
    ]
