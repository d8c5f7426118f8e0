"""Cities and industries that every installation starts with."""

from django.db import migrations

from accounts.reference import load_small_tables


def load(apps, schema_editor):
    load_small_tables(apps.get_model("accounts", "City"), apps.get_model("accounts", "Industry"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_guards")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
