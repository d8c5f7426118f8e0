"""An index for lists of events by their time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["-occurred_at", "-seq"], name="audit_event_by_time"),
        ),
    ]
