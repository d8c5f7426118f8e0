"""Some files are read by others only where every reading is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.AddField("file", "is_apart", models.BooleanField(default=False))]
