import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import foundation.core.clock
import foundation.core.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_reference_tables'),
        ('documents', '__first__'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name='IpcSymbol',
            fields=[
                ('symbol', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('title_zh_hans', models.CharField(max_length=300)),
                ('title_en', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': 'IPC symbol',
                'verbose_name_plural': 'IPC symbols',
                'ordering': ['symbol'],
            },
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name in the register')),
                ('share_weight', models.PositiveIntegerField(default=1)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('since_date', models.DateField(blank=True, null=True)),
                ('until_date', models.DateField(blank=True, null=True)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'ownership',
                'verbose_name_plural': 'ownerships',
            },
        ),
        migrations.CreateModel(
            name='Patent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=14, unique=True, verbose_name='patent number')),
                ('publication_number', models.CharField(blank=True, max_length=16)),
                ('kind', models.CharField(choices=[('invention', 'Invention'), ('utility_model', 'Utility model'), ('design', 'Design'), ('pct_invention', 'Invention (PCT national phase)'), ('pct_utility_model', 'Utility model (PCT national phase)')], max_length=20)),
                ('title_zh_hans', models.CharField(max_length=300)),
                ('title_en', models.CharField(blank=True, max_length=500)),
                ('abstract_zh_hans', models.TextField(blank=True)),
                ('abstract_en', models.TextField(blank=True)),
                ('ipc', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('main_ipc_subclass', models.CharField(blank=True, max_length=4)),
                ('locarno', models.CharField(blank=True, max_length=5)),
                ('inventors', models.JSONField(blank=True, default=list)),
                ('filing_date', models.DateField()),
                ('grant_date', models.DateField(blank=True, null=True)),
                ('expiry_date', models.DateField()),
                ('term_compensation_days', models.PositiveIntegerField(default=0)),
                ('legal_status', models.CharField(choices=[('granted', 'In force'), ('pending', 'Pending'), ('lapsed', 'Lapsed'), ('expired', 'Expired'), ('invalidated', 'Invalidated'), ('abandoned', 'Abandoned')], default='pending', max_length=12)),
                ('annual_fee_status', models.CharField(choices=[('paid', 'Paid'), ('grace', 'In the grace period'), ('unpaid', 'Not paid'), ('unknown', 'Not known')], default='unknown', max_length=8)),
                ('annual_fee_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('evaluation_report', models.CharField(choices=[('none', 'None'), ('positive', 'Conditions of grant met'), ('negative', 'Conditions of grant not met'), ('unknown', 'Not known')], default='unknown', max_length=8)),
                ('register_facts', models.JSONField(blank=True, default=dict)),
                ('search_vector', django.contrib.postgres.search.SearchVectorField(default='', editable=False)),
                ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.city')),
                ('owners', models.ManyToManyField(related_name='patents', through='patents.Ownership', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'patent',
                'verbose_name_plural': 'patents',
            },
        ),
        migrations.AddField(
            model_name='ownership',
            name='patent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ownerships', to='patents.patent'),
        ),
        migrations.CreateModel(
            name='LegalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('filed', 'Application filed'), ('published', 'Application published'), ('granted', 'Grant announced'), ('transferred', 'Right transferred'), ('pledged', 'Pledge registered'), ('pledge_released', 'Pledge cancelled'), ('preserved', 'Preservation ordered'), ('preservation_ended', 'Preservation ended'), ('suspended', 'Procedure suspended'), ('license_recorded', 'License recorded'), ('open_license', 'Open license announced'), ('open_license_withdrawn', 'Open license withdrawn'), ('invalidation_requested', 'Invalidation requested'), ('invalidated', 'Declared invalid'), ('lapsed', 'Right ended early'), ('restored', 'Right restored'), ('term_compensated', 'Term compensated'), ('expired', 'Term ended')], max_length=24)),
                ('event_date', models.DateField()),
                ('source', models.CharField(max_length=40)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_events', to='patents.patent')),
            ],
            options={
                'verbose_name': 'legal event',
                'verbose_name_plural': 'legal events',
                'ordering': ['-event_date', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Encumbrance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pledge', 'Pledge'), ('exclusive_license', 'Exclusive license'), ('sole_license', 'Sole license'), ('ordinary_license', 'Ordinary license'), ('ownership_dispute', 'Ownership dispute'), ('preservation', 'Court preservation'), ('invalidation_request', 'Invalidation request'), ('open_declaration', 'Open license declaration'), ('auction_lot', 'Auction lot'), ('secrecy', 'Secrecy order'), ('export_control', 'Export control')], max_length=24)),
                ('basis_kind', models.CharField(max_length=60)),
                ('basis_id', models.BigIntegerField()),
                ('basis_number', models.CharField(blank=True, max_length=40)),
                ('since_at', foundation.core.models.AwareDateTimeField()),
                ('until_at', foundation.core.models.AwareDateTimeField(blank=True, null=True)),
                ('consent', models.BooleanField(default=False)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('source', models.CharField(max_length=40)),
                ('as_of', foundation.core.models.AwareDateTimeField()),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='encumbrances', to='patents.patent')),
            ],
            options={
                'verbose_name': 'encumbrance',
                'verbose_name_plural': 'encumbrances',
            },
        ),
        migrations.CreateModel(
            name='RegisterExtract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('fact', models.CharField(choices=[('status', 'Legal status'), ('annual_fee', 'Annual fee'), ('owners', 'Patentees'), ('pledge', 'Pledge'), ('exclusive_license', 'Exclusive or sole license'), ('suspension', 'Suspension'), ('invalidation', 'Invalidation request'), ('evaluation_report', 'Evaluation report'), ('secrecy', 'Secrecy and export control')], max_length=24)),
                ('value', models.CharField(max_length=24)),
                ('extract_date', models.DateField(verbose_name='date of the extract')),
                ('confirmed_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('refused_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('refusal_reason', models.CharField(blank=True, max_length=500)),
                ('valid_until', models.DateField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('patent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extracts', to='patents.patent')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'register extract',
                'verbose_name_plural': 'register extracts',
            },
        ),
        migrations.AddIndex(
            model_name='patent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_vector'], name='patents_search'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('title_zh_hans'), 'gin_trgm_ops'), name='patents_title_zh_trigrams'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('title_en'), 'gin_trgm_ops'), name='patents_title_en_trigrams'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['ipc'], name='patents_ipc'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=models.Index(fields=['-grant_date', '-id'], name='patents_newest'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=models.Index(fields=['main_ipc_subclass', '-grant_date'], name='patents_by_subclass'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=models.Index(fields=['city', '-grant_date'], name='patents_by_city'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=models.Index(fields=['expiry_date'], name='patents_by_expiry'),
        ),
        migrations.AddIndex(
            model_name='patent',
            index=models.Index(fields=['publication_number'], name='patents_publication', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='patent',
            constraint=models.CheckConstraint(condition=models.Q(('grant_date__isnull', True), ('grant_date__gte', models.F('filing_date')), _connector='OR'), name='patents_granted_after_filing'),
        ),
        migrations.AddConstraint(
            model_name='patent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('legal_status', 'granted'), _negated=True), ('grant_date__isnull', False), _connector='OR'), name='patents_granted_on_a_day'),
        ),
        migrations.AddIndex(
            model_name='ownership',
            index=models.Index(fields=['organization', 'patent'], name='patents_owned_by'),
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=models.CheckConstraint(condition=models.Q(('share_weight__gt', 0)), name='patents_share_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='ownership',
            constraint=models.UniqueConstraint(condition=models.Q(('organization__isnull', False), ('until_date__isnull', True)), fields=('patent', 'organization'), name='patents_owner_once'),
        ),
        migrations.AddIndex(
            model_name='legalevent',
            index=models.Index(fields=['patent', '-event_date'], name='patents_legal_events'),
        ),
        migrations.AddIndex(
            model_name='encumbrance',
            index=models.Index(condition=models.Q(('until_at__isnull', True)), fields=['patent', 'kind'], name='patents_encumbered'),
        ),
        migrations.AddConstraint(
            model_name='encumbrance',
            constraint=models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('patent', 'kind', 'basis_kind', 'basis_id'), name='patents_encumbrance_once'),
        ),
        migrations.AddConstraint(
            model_name='encumbrance',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'open_declaration'), ('until_at__isnull', True)), fields=('patent',), name='patents_one_live_declaration'),
        ),
        migrations.AddConstraint(
            model_name='encumbrance',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['exclusive_license', 'sole_license']), ('until_at__isnull', True)), fields=('patent',), name='patents_one_exclusive_license'),
        ),
        migrations.AddIndex(
            model_name='registerextract',
            index=models.Index(fields=['patent', 'fact', '-extract_date'], name='patents_extracts'),
        ),
        migrations.AddConstraint(
            model_name='registerextract',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), name='patents_extract_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='registerextract',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='patents_extract_four_eyes'),
        ),
    ]
