"""Frozen parts of client money. Only the lifting is written after the placing."""

import django.db.models.deletion
import foundation.core.models
from django.db import migrations, models


GUARD = """
CREATE FUNCTION settlement_freeze_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'freeze: % is refused', TG_OP USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.lifted_at IS NOT NULL
    OR to_jsonb(NEW) - '{lifted_at,lifted_by_id,lift_reason}'::text[]
      <> to_jsonb(OLD) - '{lifted_at,lifted_by_id,lift_reason}'::text[] THEN
    RAISE EXCEPTION 'freeze %: only the lifting is written later', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_freeze_stays BEFORE UPDATE OR DELETE ON settlement_freeze
  FOR EACH ROW EXECUTE FUNCTION settlement_freeze_stays();
CREATE TRIGGER settlement_freeze_is_kept BEFORE TRUNCATE ON settlement_freeze
  FOR EACH STATEMENT EXECUTE FUNCTION settlement_freeze_stays();
"""
UNDO = """
DROP TRIGGER settlement_freeze_is_kept ON settlement_freeze;
DROP TRIGGER settlement_freeze_stays ON settlement_freeze;
DROP FUNCTION settlement_freeze_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_reference_tables'),
        ('settlement', '0006_allocate_earlier_receipts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Freeze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dispute', 'Dispute'), ('distribution', 'Distribution under way'), ('court', 'Court order')], max_length=12, verbose_name='kind')),
                ('ref_kind', models.CharField(blank=True, max_length=60)),
                ('ref_id', models.BigIntegerField(null=True)),
                ('ref_number', models.CharField(blank=True, max_length=60)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('basis_kind', models.CharField(max_length=60)),
                ('basis_id', models.BigIntegerField()),
                ('basis_number', models.CharField(blank=True, max_length=60)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('placed_at', foundation.core.models.AwareDateTimeField(verbose_name='frozen at')),
                ('placed_by_id', models.BigIntegerField(null=True)),
                ('lifted_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='lifted at')),
                ('lifted_by_id', models.BigIntegerField(null=True)),
                ('lift_reason', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.ledgeraccount', verbose_name='account')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'Freeze',
                'verbose_name_plural': 'Freezes',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('lifted_at', None)), fields=['account', 'ref_kind', 'ref_id'], name='settlement_frozen'), models.Index(fields=['basis_kind', 'basis_id'], name='settlement_frozen_for')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_freeze_positive')],
            },
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
