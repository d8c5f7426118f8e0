from django.db import migrations

from foundation.core import holidays


def seed(apps, schema_editor):
    """Write the table of days that differ from their week."""
    model = apps.get_model("core", "Holiday")
    model.objects.bulk_create(
        [model(date=day, kind=kind, is_announced=announced) for day, kind, announced in holidays.rows()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_clock")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
