"""Payouts that the bank took and could not carry out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sandboxbank", "0001_initial")]

    operations = [
        migrations.AddField("movement", "failed", models.BooleanField(default=False)),
    ]
