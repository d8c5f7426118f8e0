"""A schedule knows how many instalments it has before all of them are asked for."""

from django.db import migrations, models

COUNT = """
UPDATE settlement_schedule s SET parts = (SELECT count(*) FROM settlement_obligation o WHERE o.schedule_id = s.id)
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0011_second_persons")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="parts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="instalments"),
            preserve_default=False,
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
