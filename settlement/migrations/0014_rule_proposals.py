"""Rules of tax and fee are proposed by one person and laid down by another; a day without movements is signed so too."""

import foundation.core.clock
import foundation.core.models
import settlement.lifecycle_rules
from django.db import migrations, models

from foundation.core.dbguards import InstallStateGuard, MakersStay
from settlement.lifecycle_rules import RULE

LINES = """
  IF EXISTS (
    SELECT 1 FROM settlement_bankline l JOIN settlement_bankstatement s ON s.id = l.statement_id
    WHERE l.account_id = NEW.account_id AND l.booked_on = NEW.day AND s.imported_by_id = NEW.signed_by_id
  )"""
# Nor does who brought in the statement that says that nothing moved on the day.
STILL = """ OR EXISTS (
    SELECT 1 FROM settlement_bankstatement s
    WHERE s.account_id = NEW.account_id AND NEW.day BETWEEN s.first_day AND s.last_day
      AND s.imported_by_id = NEW.signed_by_id
      AND NOT EXISTS (SELECT 1 FROM settlement_bankline l WHERE l.statement_id = s.id)
      AND NOT EXISTS (
        SELECT 1 FROM settlement_bankline l WHERE l.account_id = NEW.account_id AND l.booked_on = NEW.day
      )
  )"""
SIGNER = """
CREATE OR REPLACE FUNCTION settlement_signer_imported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{condition} THEN
    RAISE EXCEPTION 'four eyes: who imported lines of % does not sign it', NEW.day USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""
FIXED = "number,family,about,valid_from,valid_until,rate_bp,minimum_fen,cap_fen,exempt_reason,source,made_by_id"


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0013_price_on_invoices'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('family', models.CharField(choices=[('tax', 'Tax'), ('fee', 'Platform fee')], max_length=3)),
                ('about', models.CharField(max_length=40)),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(null=True, verbose_name='valid until')),
                ('rate_bp', models.PositiveIntegerField(verbose_name='rate')),
                ('minimum_fen', models.BigIntegerField(default=0, verbose_name='at least')),
                ('cap_fen', models.BigIntegerField(null=True, verbose_name='at most')),
                ('exempt_reason', models.CharField(blank=True, max_length=200, verbose_name='why nothing is due')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('made_by_id', models.BigIntegerField()),
                ('approved_by_id', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'Proposed rule',
                'verbose_name_plural': 'Proposed rules',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('family', 'about', 'valid_from'), name='settlement_rule_once'), models.CheckConstraint(condition=models.Q(('approved_by_id', None), models.Q(('approved_by_id', models.F('made_by_id')), _negated=True), _connector='OR'), name='settlement_rule_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', settlement.lifecycle_rules.RuleState['LAID_DOWN']), _negated=True), ('approved_by_id__isnull', False), _connector='OR'), name='settlement_rule_approved')],
            },
        ),
        migrations.RunSQL(SIGNER.replace("{condition}", LINES + STILL), SIGNER.replace("{condition}", LINES)),
        InstallStateGuard("settlement.RuleProposal", RULE),
        MakersStay("settlement_ruleproposal", fixed=FIXED, approvers="approved_by_id"),
    ]
