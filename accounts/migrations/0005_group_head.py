"""A request for verification names the head of the organization's group; the officer confirms it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_verification_evidence")]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="group_head",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organization",
                verbose_name="Head of the group",
            ),
        ),
    ]
