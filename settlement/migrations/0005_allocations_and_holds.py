"""Which money paid what, holds, schedules, reminders and late fees; rows of allocations are only added."""

import django.db.models.deletion
import django.db.models.expressions
import foundation.core.clock
import foundation.core.models
import settlement.chart
from django.db import migrations, models

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from settlement.lifecycle import HOLD, OBLIGATION, PAYMENT


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_reference_tables'),
        ('settlement', '0004_tax_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='obligation',
            name='hold_until',
            field=foundation.core.models.AwareDateTimeField(null=True, verbose_name='held until'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='late_cap_bp_a_year',
            field=models.PositiveIntegerField(default=0, verbose_name='late fee a year at most'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='late_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='late_fees', to='settlement.obligation'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='late_ppm_a_day',
            field=models.PositiveIntegerField(default=0, verbose_name='late fee a day'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='instalment'),
        ),
        migrations.AddField(
            model_name='refund',
            name='obligation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='settlement.obligation'),
        ),
        migrations.AlterField(
            model_name='journalentry',
            name='kind',
            field=models.CharField(choices=settlement.chart.movement_choices, max_length=40, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='obligation',
            name='purpose',
            field=models.CharField(choices=settlement.chart.purpose_choices, max_length=40, verbose_name='purpose'),
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('purpose', models.CharField(choices=settlement.chart.purpose_choices, max_length=40, verbose_name='purpose')),
                ('ref_kind', models.CharField(max_length=60)),
                ('ref_id', models.BigIntegerField()),
                ('ref_number', models.CharField(blank=True, max_length=60)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('used_fen', models.BigIntegerField(default=0, verbose_name='used')),
                ('returned_fen', models.BigIntegerField(default=0, verbose_name='given back')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('expires_at', foundation.core.models.AwareDateTimeField(null=True, verbose_name='held until')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.ledgeraccount')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hold', to='settlement.obligation')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='payer')),
            ],
            options={
                'verbose_name': 'Hold',
                'verbose_name_plural': 'Holds',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('paid_at', foundation.core.models.AwareDateTimeField(verbose_name='paid at')),
                ('created_at', foundation.core.models.AwareDateTimeField(verbose_name='created at')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='allocation', to='settlement.journalentry')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='settlement.obligation')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='settlement.payment')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='settlement.allocation')),
                ('hold', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='settlement.hold')),
            ],
            options={
                'verbose_name': 'Allocation',
                'verbose_name_plural': 'Allocations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LateCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('fee', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='late_charge', to='settlement.obligation')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_charges', to='settlement.obligation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('fee_fen', models.BigIntegerField(default=0, verbose_name='own fee')),
                ('vat_fen', models.BigIntegerField(default=0, verbose_name='VAT on the own fee')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('created_at', foundation.core.models.AwareDateTimeField(verbose_name='created at')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='settlement.journalentry')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='settlement.obligation')),
            ],
            options={
                'verbose_name': 'Release',
                'verbose_name_plural': 'Releases',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.SmallIntegerField()),
                ('sent_at', foundation.core.models.AwareDateTimeField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='settlement.obligation')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('purpose', models.CharField(choices=settlement.chart.purpose_choices, max_length=40, verbose_name='purpose')),
                ('ref_kind', models.CharField(max_length=60)),
                ('ref_id', models.BigIntegerField()),
                ('ref_number', models.CharField(blank=True, max_length=60)),
                ('total_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('creditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='payee')),
                ('debtor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='payer')),
            ],
            options={
                'verbose_name': 'Payment schedule',
                'verbose_name_plural': 'Payment schedules',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='obligation',
            name='schedule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='settlement.schedule'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='settlement_open_by_deadline'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(fields=['ref_kind', 'ref_id'], name='settlement_hold_for'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(condition=models.Q(('state', 'held')), fields=['expires_at'], name='settlement_hold_expires'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('returned_fen__gte', 0), ('used_fen__gte', 0), ('amount_fen__gte', django.db.models.expressions.CombinedExpression(models.F('used_fen'), '+', models.F('returned_fen')))), name='settlement_hold_is_not_exceeded'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'held'), ('amount_fen', django.db.models.expressions.CombinedExpression(models.F('used_fen'), '+', models.F('returned_fen'))), _connector='OR'), name='settlement_ended_hold_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hold__isnull', False), ('payment', None)), models.Q(('hold', None), ('payment__isnull', False)), _connector='OR'), name='settlement_allocated_from_one'),
        ),
        migrations.AddConstraint(
            model_name='allocation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('reverses', None)), models.Q(('amount_fen__lt', 0), ('reverses__isnull', False)), _connector='OR'), name='settlement_allocation_sign'),
        ),
        migrations.AddConstraint(
            model_name='latecharge',
            constraint=models.UniqueConstraint(fields=('obligation', 'since'), name='settlement_late_days_once'),
        ),
        migrations.AddConstraint(
            model_name='latecharge',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0), ('until__gt', models.F('since'))), name='settlement_late_days_forward'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gte', django.db.models.expressions.CombinedExpression(models.F('fee_fen'), '+', models.F('vat_fen'))), ('fee_fen__gte', 0), ('vat_fen__gte', 0)), name='settlement_release_covers_fee'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('obligation', 'step'), name='settlement_reminded_once'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(fields=['ref_kind', 'ref_id'], name='settlement_schedule_for'),
        ),
        AppendOnly("settlement_allocation"),
        AppendOnly("settlement_release"),
        AppendOnly("settlement_reminder"),
        AppendOnly("settlement_latecharge"),
        InstallStateGuard("settlement.Hold", HOLD),
        InstallStateGuard("settlement.Obligation", OBLIGATION),
        InstallStateGuard("settlement.Payment", PAYMENT),
    ]
