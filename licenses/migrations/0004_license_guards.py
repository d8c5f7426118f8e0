"""The license follows its lifecycle."""

from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from licenses.lifecycle import LICENSE


class Migration(migrations.Migration):
    dependencies = [("licenses", "0003_license"), ("audit", "0002_guards")]
    operations = [InstallStateGuard("licenses.License", LICENSE)]
