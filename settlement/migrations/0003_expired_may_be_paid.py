"""What expired is paid after all when the bank booked the money in time and told of it late."""

from django.db import migrations

from foundation.core.dbguards import InstallStateGuard
from settlement.lifecycle import OBLIGATION


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_guards")]
    operations = [InstallStateGuard("settlement.Obligation", OBLIGATION)]
