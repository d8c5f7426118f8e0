# What a royalty costs is worked out in licenses.royalty_pricing.

import django.db.models.deletion
import django.db.models.expressions
import foundation.core.clock
import foundation.core.models
import licenses.royalty_lifecycle
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('licenses', '0005_lapsed_comes_back'),
        ('settlement', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('product', models.CharField(max_length=200, verbose_name='Product')),
                ('model', models.CharField(blank=True, max_length=100, verbose_name='Model')),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=18, verbose_name='Quantity')),
                ('unit_price_fen', models.BigIntegerField()),
                ('sales_fen', models.BigIntegerField()),
                ('returns_fen', models.BigIntegerField(default=0)),
                ('discounts_fen', models.BigIntegerField(default=0)),
                ('apart_fen', models.BigIntegerField(default=0)),
                ('costs_fen', models.BigIntegerField(default=0)),
                ('base_fen', models.BigIntegerField()),
            ],
            options={
                'ordering': ['report', 'position'],
            },
        ),
        migrations.AddField(
            model_name='license',
            name='demanded_at',
            field=foundation.core.models.AwareDateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='RoyaltyInspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('inspector', models.CharField(max_length=200, verbose_name='Inspector')),
                ('inspects_on', models.DateField(verbose_name='Day of the inspection')),
                ('reason', models.CharField(max_length=1000, verbose_name='Reason')),
                ('summary', models.CharField(blank=True, max_length=2000)),
                ('cost_fen', models.BigIntegerField(default=0)),
                ('shortfall_fen', models.BigIntegerField(default=0)),
                ('cost_is_licensees', models.BooleanField(default=False)),
                ('found_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('answer_due_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cost_obligation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.obligation')),
                ('license', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='royalty_inspections', to='licenses.license')),
                ('obligation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.obligation')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
            ],
            options={
                'verbose_name': 'Royalty inspection',
                'verbose_name_plural': 'Royalty inspections',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoyaltyPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('sequence', models.PositiveIntegerField()),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('full_days', models.PositiveSmallIntegerField()),
                ('license_year', models.PositiveSmallIntegerField()),
                ('report_due_at', foundation.core.models.AwareDateTimeField(verbose_name='report by')),
                ('pay_due_at', foundation.core.models.AwareDateTimeField(verbose_name='pay by')),
                ('answer_due_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('accepted_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('base_fen', models.BigIntegerField(default=0)),
                ('units', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('minimum_fen', models.BigIntegerField(default=0)),
                ('charge_fen', models.BigIntegerField(default=0)),
                ('credit_fen', models.BigIntegerField(default=0)),
                ('royalty_fen', models.BigIntegerField(default=0)),
                ('paid_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('license', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='royalty_periods', to='licenses.license')),
                ('obligation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.obligation')),
            ],
            options={
                'verbose_name': 'Royalty period',
                'verbose_name_plural': 'Royalty periods',
                'ordering': ['license', 'sequence'],
            },
        ),
        migrations.CreateModel(
            name='InspectionFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reported_fen', models.BigIntegerField()),
                ('reported_units', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('found_fen', models.BigIntegerField()),
                ('found_units', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='licenses.royaltyinspection')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='licenses.royaltyperiod')),
            ],
            options={
                'ordering': ['inspection', 'period'],
            },
        ),
        migrations.CreateModel(
            name='RoyaltyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('version', models.PositiveSmallIntegerField()),
                ('nothing_sold', models.BooleanField(default=False)),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='Remark')),
                ('signatory', models.CharField(blank=True, max_length=100, verbose_name='Legal representative')),
                ('reported_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('base_fen', models.BigIntegerField(default=0)),
                ('units', models.DecimalField(decimal_places=3, default=0, max_digits=18)),
                ('royalty_fen', models.BigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='licenses.royaltyperiod')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['period', '-version'],
            },
        ),
        migrations.CreateModel(
            name='ReportRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000)),
                ('made_at', foundation.core.models.AwareDateTimeField()),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='licenses.reportline')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='licenses.royaltyreport')),
            ],
            options={
                'ordering': ['report', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, max_length=200)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='licenses.royaltyreport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='reportline',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='licenses.royaltyreport'),
        ),
        migrations.AddConstraint(
            model_name='royaltyinspection',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('announced', 'found', 'disputed'))), fields=('license',), name='licenses_one_open_inspection'),
        ),
        migrations.AddConstraint(
            model_name='royaltyinspection',
            constraint=models.CheckConstraint(condition=models.Q(('cost_fen__gte', 0), ('shortfall_fen__gte', 0)), name='licenses_inspection_amounts'),
        ),
        migrations.AddIndex(
            model_name='royaltyperiod',
            index=models.Index(fields=['state', 'ends_on'], name='licenses_royalty_to_close'),
        ),
        migrations.AddIndex(
            model_name='royaltyperiod',
            index=models.Index(fields=['state', 'report_due_at'], name='licenses_royalty_report_due'),
        ),
        migrations.AddIndex(
            model_name='royaltyperiod',
            index=models.Index(fields=['state', 'answer_due_at'], name='licenses_royalty_answer_due'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.UniqueConstraint(fields=('license', 'sequence'), name='licenses_royalty_period_once'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.UniqueConstraint(fields=('license', 'starts_on'), name='licenses_royalty_period_start_once'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='licenses_royalty_period_days'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.CheckConstraint(condition=models.Q(('royalty_fen__gte', 0)), name='licenses_royalty_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('payment_due', 'payment_late')), _negated=True), models.Q(('obligation__isnull', False), ('royalty_fen__gt', 0)), _connector='OR'), name='licenses_royalty_due_is_owed'),
        ),
        migrations.AddConstraint(
            model_name='royaltyperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', (licenses.royalty_lifecycle.PeriodState['PAYMENT_DUE'], licenses.royalty_lifecycle.PeriodState['PAYMENT_LATE'], licenses.royalty_lifecycle.PeriodState['SETTLED'])), _negated=True), ('accepted_at__isnull', False), _connector='OR'), name='licenses_royalty_accepted_at'),
        ),
        migrations.AddConstraint(
            model_name='inspectionfinding',
            constraint=models.UniqueConstraint(fields=('inspection', 'period'), name='licenses_one_finding_a_period'),
        ),
        migrations.AddConstraint(
            model_name='royaltyreport',
            constraint=models.UniqueConstraint(fields=('period', 'version'), name='licenses_royalty_report_once'),
        ),
        migrations.AddConstraint(
            model_name='royaltyreport',
            constraint=models.UniqueConstraint(condition=models.Q(('reported_at', None)), fields=('period',), name='licenses_one_royalty_report_draft'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.UniqueConstraint(fields=('report', 'position'), name='licenses_report_line_once'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.CheckConstraint(condition=models.Q(('apart_fen__gte', 0), ('costs_fen__gte', 0), ('discounts_fen__gte', 0), ('quantity__gt', 0), ('returns_fen__gte', 0), ('unit_price_fen__gte', 0)), name='licenses_report_line_amounts'),
        ),
        migrations.AddConstraint(
            model_name='reportline',
            constraint=models.CheckConstraint(condition=models.Q(('base_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('sales_fen'), '-', models.F('returns_fen')), '-', models.F('discounts_fen')), '-', models.F('apart_fen')), '-', models.F('costs_fen')))), name='licenses_report_line_adds_up'),
        ),
    ]
