"""A notice that lapsed comes back when the bank booked its fee in time and told of it late."""

from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from licenses.lifecycle import LICENSE


class Migration(migrations.Migration):
    dependencies = [("licenses", "0004_license_guards")]
    operations = [InstallStateGuard("licenses.License", LICENSE)]
