"""The proof of every night that client money was complete: only added."""

import foundation.core.models
from django.db import migrations, models

from foundation.core.dbguards import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0009_bank_statements'),
    ]

    operations = [
        migrations.CreateModel(
            name='NightlyProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('bank_fen', models.BigIntegerField(verbose_name='supervised bank account')),
                ('in_transit_fen', models.BigIntegerField(verbose_name='in transit')),
                ('owed_fen', models.BigIntegerField(verbose_name='owed to clients')),
                ('entries', models.PositiveBigIntegerField(verbose_name='entries')),
                ('taken_at', foundation.core.models.AwareDateTimeField(verbose_name='taken at')),
            ],
            options={
                'verbose_name': 'Nightly proof',
                'verbose_name_plural': 'Nightly proofs',
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('day', 'currency'), name='settlement_one_proof_a_night')],
            },
        ),
        AppendOnly("settlement_nightlyproof"),
    ]
