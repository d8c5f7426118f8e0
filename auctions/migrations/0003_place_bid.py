"""A bid as one database call."""

from django.db import migrations, models

from auctions import floor_sql


class Migration(migrations.Migration):
    dependencies = [("auctions", "0002_guards"), ("audit", "0003_event_by_time")]

    operations = [
        migrations.AddIndex(
            model_name="bidattempt",
            index=models.Index(fields=["registration", "received_at"], name="auctions_attempt_by_bidder"),
        ),
        migrations.RunSQL(floor_sql.INSTALL, floor_sql.REMOVE),
    ]
