
import django.db.models.deletion
import foundation.core.clock
import foundation.core.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('data', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=0)),
                ('saved_by', models.BigIntegerField(null=True)),
                ('saved_at', foundation.core.models.AwareDateTimeField()),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'constraints': [models.UniqueConstraint(fields=('organization_id', 'kind', 'key'), name='jobs_one_draft')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('kind', models.CharField(max_length=60)),
                ('subject_kind', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('organization_id', models.BigIntegerField(db_index=True, null=True)),
                ('user_id', models.BigIntegerField(null=True)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('result', models.FileField(blank=True, max_length=200, upload_to='jobs/%Y/%m/')),
                ('result_name', models.CharField(blank=True, max_length=200)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('started_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('heartbeat_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('finished_at', foundation.core.models.AwareDateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'job',
                'verbose_name_plural': 'jobs',
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['state', 'heartbeat_at'], name='jobs_open')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('kind', models.CharField(max_length=40)),
                ('file', models.FileField(max_length=200, upload_to='imports/%Y/%m/')),
                ('original_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('format', models.CharField(blank=True, max_length=40)),
                ('options', models.JSONField(blank=True, default=dict)),
                ('organization_id', models.BigIntegerField(db_index=True)),
                ('user_id', models.BigIntegerField()),
                ('message', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('rows_valid', models.PositiveIntegerField(default=0)),
                ('rows_foreign', models.PositiveIntegerField(default=0)),
                ('rows_wrong', models.PositiveIntegerField(default=0)),
                ('rows_written', models.PositiveIntegerField(default=0)),
                ('rows_undone', models.PositiveIntegerField(default=0)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='jobs.job')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('data', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('errors', models.JSONField(default=list)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('decision', models.CharField(choices=[('valid', 'Will be imported'), ('foreign', 'Names another patentee'), ('wrong', 'Has errors'), ('written', 'Imported'), ('kept', 'In use, not undone'), ('undone', 'Undone')], max_length=8)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='jobs.importbatch')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of an import',
                'indexes': [models.Index(fields=['batch', 'decision', 'line'], name='jobs_rows_by_decision')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'line'), name='jobs_row_once')],
            },
        ),
    ]
