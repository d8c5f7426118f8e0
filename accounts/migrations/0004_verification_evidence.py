"""A scan that an organization hands in with its request for verification."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_reference_tables"), ("documents", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.file",
            ),
        ),
    ]
