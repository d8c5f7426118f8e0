"""Our own small table of the classification: sections, classes and the subclasses in use."""

from django.db import migrations

from patents.reference import loading


def load(apps, schema_editor):
    loading.store(apps.get_model("patents", "IpcSymbol"), loading.read(loading.OWN_TABLE))


class Migration(migrations.Migration):
    dependencies = [("patents", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
